#include "forms/f3548.h"

#include <algorithm>
#include <cctype>

#include "base/limits.h"
#include "forms/airspace_words.h"
#include "forms/f3548_volume.h"
#include "json/json.h"

namespace comity::forms {
namespace {

using model::IntentState;

constexpr size_t body_bytes = 4u << 20;  // T3

F3548<json::Object> read_object(BytesView body) {
  auto value = json::parse(body, body_bytes, json::Numbers::any);
  if (!value) return bad("the body is not JSON: " + value.error().detail);
  if (!value->is_object()) return bad("the body must be an object");
  return std::move(value->get_object());
}

// A string member; none where it is absent, empty or null.
F3548<std::string> text_member(json::Object const& object, std::string_view name) {
  auto const* value = member(object, name);
  if (!value) return std::string();
  if (!value->is_string()) return bad(std::string(name) + " must be a string");
  return std::string(std::string_view(value->get_string()));
}

F3548<bool> flag_member(json::Object const& object, std::string_view name) {
  auto const* value = member(object, name);
  if (!value) return false;
  if (!value->is_bool()) return bad(std::string(name) + " must be true or false");
  return value->get_bool();
}

std::optional<F3548Fault> check_url(std::string const& url, BaseUrls urls) {
  if (url.empty()) return F3548Fault{400, "uss_base_url is missing"};
  bool const tls = url.starts_with("https://") && url.size() > 8;
  bool const plain = url.starts_with("http://") && url.size() > 7 && urls == BaseUrls::http_too;
  if (!tls && !plain) return F3548Fault{400, "uss_base_url must begin with https://"};
  auto const odd = [](char c) { return c <= ' ' || c == 0x7f; };
  if (url.size() > limits::base_url_bytes || std::ranges::any_of(url, odd))
    return F3548Fault{400, "uss_base_url is no URL"};
  return std::nullopt;
}

F3548<std::string> url_member(json::Object const& object, BaseUrls urls) {
  auto url = text_member(object, "uss_base_url");
  if (!url) return url;
  if (auto const no = check_url(*url, urls)) return std::unexpected(*no);
  return url;
}

std::optional<IntentState> state_of(std::string_view word) {
  for (auto const& known : intent_state_words)
    if (known.text == word) return known.value;
  return std::nullopt;
}

F3548<std::vector<model::SeenOvn>> read_key(json::Object const& body) {
  std::vector<model::SeenOvn> key;
  auto const* value = member(body, "key");
  if (!value) return key;
  auto const* list = value->if_array();
  if (!list) return bad("key must be a list");
  if (list->size() > limits::key_ovns) return bad("a key of too many OVNs");
  for (json::Value const& one : *list) {
    if (!one.is_string()) return bad("an OVN is a string");
    if (auto const ovn = model::read_ovn(std::string_view(one.get_string()))) key.push_back(*ovn);
  }
  std::ranges::sort(key);
  auto const repeated = std::ranges::unique(key);
  key.erase(repeated.begin(), repeated.end());
  return key;
}

// U1: at most one of the two.
std::optional<F3548Fault> read_subscription(json::Object const& body, F3548Setting const& setting,
                                            commands::PutIntent& out) {
  auto const id = text_member(body, "subscription_id");
  if (!id) return id.error();
  auto const* fresh = member(body, "new_subscription");
  if (!id->empty() && fresh) return F3548Fault{400, "both subscription_id and new_subscription"};
  if (!id->empty()) {
    auto const read = model::read_entity_id(*id);
    if (!read) return F3548Fault{400, "subscription_id is no UUID of version 4"};
    out.subscription = *read;
  }
  if (!fresh) return std::nullopt;
  auto const* object = fresh->if_object();
  if (!object) return F3548Fault{400, "new_subscription must be an object"};
  auto url = url_member(*object, setting.urls);
  if (!url) return url.error();
  auto const constraints = flag_member(*object, "notify_for_constraints");
  if (!constraints) return constraints.error();
  out.implicit = commands::ImplicitSubscription{{}, {}, std::move(*url), *constraints};
  return std::nullopt;
}

// I4.
F3548<std::optional<model::Ovn>> read_requested(json::Object const& body, UtcTime now) {
  auto const* value = member(body, "requested_ovn_suffix");
  if (!value) return std::nullopt;
  auto const suffix =
      value->is_string() ? model::read_suffix(std::string_view(value->get_string())) : std::nullopt;
  auto const made = suffix ? model::time_of_v7(suffix->octets) : std::nullopt;
  if (!made) return bad("requested_ovn_suffix is no UUID of version 7");
  if (*made + limits::clock_skew < now || now + limits::clock_skew < *made)
    return bad("the time of requested_ovn_suffix is too far from now");
  return suffix;
}

std::optional<F3548Fault> check_hull(model::Hull const& hull, UtcTime now) {
  if (hull.from == model::earliest || hull.until == model::latest)
    return F3548Fault{400, "time_start and time_end are needed"};
  if (hull.cells.empty()) return F3548Fault{400, "an outline is needed"};  // G2
  if (hull.until < now) return F3548Fault{400, "the extents have ended"};
  return std::nullopt;
}

F3548<PutIntentForm> read_intent(BytesView body, F3548Setting const& setting, PutIntentForm form) {
  auto const object = read_object(body);
  if (!object) return std::unexpected(object.error());
  commands::PutIntent& out = form.command;
  auto url = url_member(*object, setting.urls);
  if (!url) return std::unexpected(url.error());
  out.url = std::move(*url);
  if (auto const no = read_subscription(*object, setting, out)) return std::unexpected(*no);
  auto const word = text_member(*object, "state");
  if (!word) return std::unexpected(word.error());
  auto const state = state_of(*word);
  if (!state) return bad("unknown state");
  out.state = *state;
  auto volumes = read_extents(member(*object, "extents"), 400, setting.footprints);
  if (!volumes) return std::unexpected(volumes.error());
  model::Hull* const hull = &volumes->hull;
  if (hull->low_mm == model::lowest_mm || hull->high_mm == model::highest_mm)
    return bad("altitude_lower and altitude_upper are needed");
  if (auto const no = check_hull(*hull, setting.now)) return std::unexpected(*no);
  out.hull = std::move(*hull);
  out.extents = std::move(volumes->extents);
  auto key = read_key(*object);
  if (!key) return std::unexpected(key.error());
  out.key = std::move(*key);
  auto const suffix = read_requested(*object, setting.now);
  if (!suffix) return std::unexpected(suffix.error());
  form.suffix = *suffix;
  bool const accepted = out.state == IntentState::accepted;
  if (!out.at && !accepted) return bad("a new operational intent begins as Accepted");                 // U2
  if (!accepted && !out.subscription && !out.implicit) return bad("this state needs a subscription");  // U3
  bool const off_nominal = out.state == IntentState::nonconforming || out.state == IntentState::contingent;
  if (off_nominal && setting.monitoring == ConformanceMonitoring::no)
    return bad("this state needs the scope utm.conformance_monitoring_sa", 403);  // U4
  return form;
}

}  // namespace

F3548<model::EntityId> read_path_id(std::string_view text) {
  if (auto const id = model::read_entity_id(text)) return *id;
  return bad("the id is no UUID of version 4");  // I1
}

model::SeenOvn shown_ovn(std::string_view text) { return model::read_ovn(text).value_or(model::SeenOvn{}); }

F3548<PutIntentForm> read_put_intent(BytesView body, EntityPath const& path, F3548Setting const& setting) {
  auto const id = read_path_id(path.id);
  if (!id) return std::unexpected(id.error());
  if (path.ovn && path.ovn->empty()) return bad("the OVN is missing");
  PutIntentForm form;
  form.command.id = *id;
  if (path.ovn) form.command.at = shown_ovn(*path.ovn);
  return read_intent(body, setting, std::move(form));
}

F3548<commands::PutConstraint> read_put_constraint(BytesView body, EntityPath const& path,
                                                   F3548Setting const& setting) {
  auto const id = read_path_id(path.id);
  if (!id) return std::unexpected(id.error());
  auto const object = read_object(body);
  if (!object) return std::unexpected(object.error());
  if (path.ovn && path.ovn->empty()) return bad("the OVN is missing");
  commands::PutConstraint out;
  out.id = *id;
  if (path.ovn) out.at = shown_ovn(*path.ovn);
  auto url = url_member(*object, setting.urls);
  if (!url) return std::unexpected(url.error());
  out.url = std::move(*url);
  auto volumes = read_extents(member(*object, "extents"), 400, setting.footprints);
  if (!volumes) return std::unexpected(volumes.error());
  if (auto const no = check_hull(volumes->hull, setting.now)) return std::unexpected(*no);
  out.hull = std::move(volumes->hull);
  out.extents = std::move(volumes->extents);
  return out;
}

F3548<commands::PutSubscription> read_put_subscription(BytesView body, EntityPath const& path,
                                                       F3548Setting const& setting) {
  auto const id = read_path_id(path.id);
  if (!id) return std::unexpected(id.error());
  auto const object = read_object(body);
  if (!object) return std::unexpected(object.error());
  if (path.ovn && path.ovn->empty()) return bad("the version is missing");
  commands::PutSubscription out;
  out.id = *id;
  if (path.ovn) out.at = shown_ovn(*path.ovn);
  auto url = url_member(*object, setting.urls);
  if (!url) return std::unexpected(url.error());
  out.url = std::move(*url);
  auto volume = read_volume(member(*object, "extents"), 400, Footprints::cells);
  if (!volume) return std::unexpected(volume.error());
  if (volume->hull.cells.empty()) return bad("an outline is needed");  // G2
  auto const intents = flag_member(*object, "notify_for_operational_intents");
  auto const constraints = flag_member(*object, "notify_for_constraints");
  if (!intents) return std::unexpected(intents.error());
  if (!constraints) return std::unexpected(constraints.error());
  if (!*intents && !*constraints) return bad("a subscription asks for intents or for constraints");
  out.hull = std::move(volume->hull);
  out.for_intents = *intents, out.for_constraints = *constraints;
  return out;
}

F3548<commands::SetAvailability> read_availability(BytesView body, std::string_view uss) {
  auto const object = read_object(body);
  if (!object) return std::unexpected(object.error());
  if (uss.empty() || uss.size() > limits::subject_bytes)
    return bad("the name of the USS is missing or too long");
  auto word = text_member(*object, "availability");
  if (!word) return std::unexpected(word.error());
  std::ranges::transform(*word, word->begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  commands::SetAvailability out;
  out.uss = std::string(uss);
  if (*word == "normal")
    out.availability = model::Availability::normal;
  else if (*word == "down")
    out.availability = model::Availability::down;
  else if (!word->empty() && *word != "unknown")
    return bad("unknown availability");  // A2
  auto const version = text_member(*object, "old_version");
  if (!version) return std::unexpected(version.error());
  if (!version->empty()) out.at = shown_ovn(*version);
  return out;
}

F3548<model::Hull> read_query(BytesView body, int too_large) {
  auto const object = read_object(body);
  if (!object) return std::unexpected(object.error());
  auto const* area = member(*object, "area_of_interest");
  if (!area) return bad("area_of_interest is missing");  // D4
  auto volume = read_volume(area, too_large, Footprints::cells);
  if (!volume) return std::unexpected(volume.error());
  if (volume->hull.cells.empty()) return bad("an outline is needed");
  return std::move(volume->hull);
}

}  // namespace comity::forms
