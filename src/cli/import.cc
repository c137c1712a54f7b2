#include "cli/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/in_parallel.h"
#include "base/limits.h"
#include "cli/given_file.h"
#include "cli/members.h"
#include "cli/plain.h"
#include "cli/sending.h"
#include "cli/show.h"
#include "cli/table.h"
#include "forms/contribution.h"
#include "json/split.h"
#include "json/validate.h"
#include "stix/order.h"
#include "stix/read.h"

namespace comity::cli {
namespace {

// One envelope: small enough that an answer comes within a second, and that little is sent again after a cut.
constexpr size_t objects_at_once = 1'000;
constexpr size_t bytes_at_once = 8u << 20;

struct Object {
  BytesView bytes;
  std::string id;
  std::vector<model::Reference> references;  // of what is sound; the rest is sent for the centre to refuse
};

// The bytes of all files, and the objects in them.
struct Given {
  std::vector<Bytes> files;
  std::vector<Object> objects;
};

Result<void> add_objects(Given& given, BytesView file) {
  TRY_VOID(json::validate_ijson(file));
  auto const parts = TRY(json::split(file, {.member = "objects", .max_elements = file.size()}));
  std::vector<BytesView> list = parts.elements;
  if (!parts.found) {
    if (parts.other("id").empty())
      return fail(ErrorCode::bad_input, "neither a STIX object nor a bundle of objects");
    list = {file};
  }
  size_t const before = given.objects.size();
  given.objects.resize(before + list.size());
  in_parallel(list.size(), forms::contributions_worth_a_thread, [&](size_t i) {
    Object& made = given.objects[before + i];
    made.bytes = list[i];
    auto reading = stix::read_object(list[i], {}, {stix::Strictness::permissive, {}});
    if (reading)
      made.id = std::move(reading->head.id), made.references = std::move(reading->facts.references);
  });
  return {};
}

Result<Given> read_files(std::vector<std::string> const& names) {
  Given given;
  given.files.reserve(names.size());  // views into them stay good
  for (auto const& name : names) {
    given.files.push_back(TRY(given_file(name)));
    if (auto added = add_objects(given, given.files.back()); !added)
      return fail(added.error().code, name + ": " + added.error().detail);
  }
  return given;
}

std::vector<BytesView> in_order(Given const& given) {
  std::vector<stix::Posted> posted;
  for (Object const& one : given.objects) posted.push_back({one.id, one.references});
  std::vector<BytesView> order;
  for (size_t const next : stix::contribution_order(posted)) order.push_back(given.objects[next].bytes);
  return order;
}

// Of the next objects; `at` moves behind them.
Bytes next_envelope(std::vector<BytesView> const& objects, size_t& at, Posting const& posting) {
  Bytes bundle = "{\"objects\":[";
  size_t const first = at;
  while (at < objects.size() && at - first < objects_at_once &&
         (at == first || bundle.size() + objects[at].size() < bytes_at_once)) {
    if (at > first) bundle += ',';
    bundle += objects[at++];
  }
  return envelope_of(bundle + "]}", posting).value();  // it was validated
}

// Why one object of an answer was refused, as its code; empty if it was not.
std::string reason_of(json::Value const& object) {
  if (auto const* problems = list_at(object, "problems"); problems && !problems->empty()) {
    auto const reason = text_at(problems->front(), "reason");
    return reason.substr(0, reason.find(':'));
  }
  auto const* members = object.if_object();
  if (members && members->contains("status")) return "quota";
  auto const* ruling = members ? members->if_contains("ruling") : nullptr;
  if (!ruling || !is_refused(*ruling)) return "";
  auto const* reasons = list_at(*ruling, "reasons");
  return reasons && !reasons->empty() ? text_at(reasons->front(), "code") : "refused";
}

struct Count {
  size_t accepted = 0, refused = 0;
  struct Reason {
    size_t objects = 0;
    std::string first;  // id of the first object
  };
  std::map<std::string, Reason> reasons;
  std::map<std::string, size_t> warnings;

  void add(json::Value const& answer) {
    if (auto const* objects = list_at(answer, "objects"))
      for (auto const& one : *objects) {
        auto const why = reason_of(one);
        ++(why.empty() ? accepted : refused);
        if (why.empty()) continue;
        Reason& reason = reasons[why];
        if (reason.objects++ == 0) reason.first = text_at(one, "id");
      }
    if (auto const* list = list_at(answer, "warnings"))
      for (auto const& one : *list)
        warnings[text_at(one, "code")] +=
            static_cast<size_t>(one.as_object().at("objects").to_number<int64_t>());
  }
};

bool has_objects(json::Value const& answer) { return list_at(answer, "objects") != nullptr; }

void tell(Count const& count, Format format) {
  if (format == Format::json) {
    json::Object reasons, warnings;
    for (auto const& [code, one] : count.reasons) reasons[code] = one.objects;
    for (auto const& [code, objects] : count.warnings) warnings[code] = objects;
    return say_json(json::write(json::Object{{"accepted", count.accepted},
                                             {"refused", count.refused},
                                             {"reasons", std::move(reasons)},
                                             {"warnings", std::move(warnings)}}));
  }
  say(fmt::format("{} accepted, {} refused\n", count.accepted, count.refused));
  if (!count.reasons.empty()) {
    Table table{{"refused", "objects", "first"}, {}, {0, 2}};
    for (auto const& [code, one] : count.reasons)
      table.rows.push_back({code, std::to_string(one.objects), one.first});
    say(drawn(table, output_columns()));
  }
  if (!count.warnings.empty()) {
    Table table{{"warned", "objects"}, {}};
    for (auto const& [code, objects] : count.warnings) table.rows.push_back({code, std::to_string(objects)});
    say(drawn(table, output_columns()));
  }
}

}  // namespace

Exit import(Settings const& settings, Import const& what) {
  auto const given = read_files(what.files);
  if (!given) return complain(given.error());
  auto remote = Remote::connect(settings);
  if (!remote) return complain(remote.error());
  auto const objects = in_order(*given);
  std::string const path = "/api/v1/agreements/" + segment(what.agreement) + "/items";
  Count count;
  Progress const progress(objects.size());
  for (size_t at = 0; at < objects.size();) {
    size_t const before = at;
    auto const answer = post_patiently(*remote, path, next_envelope(objects, at, what.posting), has_objects);
    if (!answer) {
      if (before > 0) say_aside(fmt::format("\n{} objects were sent; run the same again to go on\n", before));
      return complain(answer.error());
    }
    count.add(*answer);
    progress.show(at);
  }
  tell(count, settings.format);
  return count.refused == 0 ? Exit::done : Exit::refused;
}

}  // namespace comity::cli
