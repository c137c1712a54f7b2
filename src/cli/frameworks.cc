#include "cli/frameworks.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

#include "cli/members.h"
#include "cli/plain.h"
#include "cli/sending.h"
#include "cli/show.h"
#include "cli/table.h"
#include "json/json.h"
#include "stix/read.h"

namespace comity::cli {
namespace {

// One list of commands: an answer comes within a second, and little is sent again after a cut.
constexpr size_t objects_at_once = 250;
constexpr size_t bytes_at_once = 4u << 20;

using Version = std::pair<std::string, std::string>;  // id, version

Result<json::Value> allowed(Remote& remote, std::string const& framework) {
  json::Value const all = TRY(value_of(remote.get("/api/v1/frameworks")));
  if (auto const* list = all.if_array())
    for (json::Value const& one : *list)
      if (text_at(one, "framework") == framework) return one;
  return fail(ErrorCode::not_found,
              "no framework " + framework + " is allowed here; see `comity host allow-framework`");
}

Result<void> check_is_allowed(json::Value const& framework, PublishedBundle const& bundle) {
  std::string const root = to_hex(bundle.tree.root());
  if (text_at(framework, "root") == root) return {};
  return fail(
      ErrorCode::bad_input,
      fmt::format("another bundle is allowed: root {} with {} objects; this file has root {} with {}",
                  text_at(framework, "root"), cell_at(framework, "objects"), root, bundle.objects.size()));
}

Result<std::set<Version>> loaded(Remote& remote, std::string const& framework) {
  std::set<Version> all;
  std::string const path = "/api/v1/frameworks/" + segment(framework) + "/versions?limit=1000";
  for (std::string after;;) {
    json::Value const page =
        TRY(value_of(remote.get(after.empty() ? path : path + "&after=" + segment(after))));
    auto const* members = page.if_object();
    auto const* versions = members ? members->if_contains("versions") : nullptr;
    if (!versions || !versions->is_array())
      return fail(ErrorCode::corrupt, "the centre's answer has no versions");
    for (json::Value const& one : versions->get_array())
      all.emplace(text_at(one, "id"), text_at(one, "version"));
    after = text_at(page, "next");
    auto const* more = members->if_contains("more");
    if (after.empty() || !more || !more->is_bool() || !more->get_bool()) return all;
  }
}

struct Count {
  size_t loaded = 0, there = 0, refused = 0;
  struct Reason {
    size_t objects = 0;
    std::string first;  // id of the first object
  };
  std::map<std::string, Reason> reasons;

  void refuse(std::string const& code, std::string const& id) {
    ++refused;
    Reason& reason = reasons[code];
    if (reason.objects++ == 0) reason.first = id;
  }
  void add(json::Value const& answer, std::string const& id) {
    if (text_at(answer, "outcome") == "accepted") {
      ++loaded;
      return;
    }
    auto const* members = answer.if_object();
    auto const* reasons_of = members ? members->if_contains("reasons") : nullptr;
    auto const* list = reasons_of ? reasons_of->if_array() : nullptr;
    std::string const code = list && !list->empty() ? text_at(list->front(), "code") : "quota";
    if (code == "already_done")
      ++there;
    else
      refuse(code, id);
  }
};

Bytes command_of(json::Value const& framework, PublishedBundle const& bundle, size_t place) {
  json::Array proof;
  for (Digest const& step : bundle.tree.path(place)) proof.push_back(json::Value(to_hex(step)));
  json::Object const body{{"framework", text_at(framework, "framework")},
                          {"root", text_at(framework, "root")},
                          {"objects", bundle.objects.size()},
                          {"place", place},
                          {"proof", std::move(proof)}};
  Bytes text = json::write(json::Value(body));
  text.pop_back();  // the object as it is written
  return R"({"kind":"load_framework_object","body":)" + text + R"(,"object":)" +
         Bytes(bundle.objects[place].bytes) + "}}";
}

// What is to be sent; the rest is counted.
std::vector<size_t> missing(PublishedBundle const& bundle, std::set<Version> const& there, Count& count) {
  std::vector<size_t> places;
  for (size_t place = 0; place < bundle.objects.size(); ++place) {
    PublishedObject const& one = bundle.objects[place];
    if (there.contains({one.id, one.version})) {
      ++count.there;
      continue;
    }
    auto const reading = stix::read_object(one.bytes, {}, {stix::Strictness::permissive, {}});
    if (reading)
      places.push_back(place);
    else
      count.refuse(std::string(reading.error().front().code), one.id);
  }
  return places;
}

bool is_list(json::Value const& answer) { return answer.is_array(); }

Result<void> send(Remote& remote, json::Value const& framework, PublishedBundle const& bundle, Count& count) {
  auto const there = TRY(loaded(remote, text_at(framework, "framework")));
  auto const places = missing(bundle, there, count);
  Progress const progress(places.size());
  for (size_t at = 0; at < places.size();) {
    Bytes list = "[";
    size_t const first = at;
    while (at < places.size() && at - first < objects_at_once && list.size() < bytes_at_once)
      list += (at > first ? "," : "") + command_of(framework, bundle, places[at]), ++at;
    auto const answer = TRY(post_patiently(remote, "/api/v1/commands", list + "]", is_list));
    auto const* rulings = answer.if_array();
    if (!rulings || rulings->size() != at - first)
      return fail(ErrorCode::corrupt, "the centre answered otherwise than with a list of rulings");
    for (size_t i = 0; i < rulings->size(); ++i)
      count.add((*rulings)[i], bundle.objects[places[first + i]].id);
    progress.show(at);
  }
  return {};
}

void tell(Count const& count, Format format) {
  if (format == Format::json) {
    json::Object reasons;
    for (auto const& [code, one] : count.reasons) reasons[code] = one.objects;
    return say_json(json::write(json::Object{{"loaded", count.loaded},
                                             {"already_there", count.there},
                                             {"refused", count.refused},
                                             {"reasons", std::move(reasons)}}));
  }
  say(fmt::format("{} loaded, {} already there, {} refused\n", count.loaded, count.there, count.refused));
  if (count.reasons.empty()) return;
  Table table{{"refused", "objects", "first"}, {}, {0, 2}};
  for (auto const& [code, one] : count.reasons)
    table.rows.push_back({code, std::to_string(one.objects), one.first});
  say(drawn(table, output_columns()));
}

}  // namespace

Exit load_framework(Settings const& settings, std::string const& name, PublishedBundle const& bundle) {
  auto remote = Remote::connect(settings);
  if (!remote) return complain(remote.error());
  auto const framework = allowed(*remote, name);
  if (!framework) return complain(framework.error());
  if (auto const same = check_is_allowed(*framework, bundle); !same) return complain(same.error());
  Count count;
  if (auto const sent = send(*remote, *framework, bundle, count); !sent) {
    if (count.loaded > 0)
      say_aside(fmt::format("\n{} objects were loaded; run the same again to go on\n", count.loaded));
    return complain(sent.error());
  }
  tell(count, settings.format);
  return count.refused == 0 ? Exit::done : Exit::refused;
}

}  // namespace comity::cli
