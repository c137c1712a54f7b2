#include "release/told_airspace.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "codec/codec.h"
#include "crypto/sha256.h"
#include "release/telling.h"
#include "release/words.h"
#include "state/in_force.h"
#include "state/shown_airspace.h"

namespace comity::release {
namespace {

using state::Constraint;
using state::Intent;
using state::Subscription;

constexpr char no_subscription[] = "00000000-0000-4000-8000-000000000000";  // I8
constexpr char hidden_ovn[] = "Available from USS";                         // I7

char const* word(model::Availability availability) {
  switch (availability) {
    case model::Availability::unknown: return "Unknown";
    case model::Availability::normal: return "Normal";
    case model::Availability::down: return "Down";
  }
  return "";
}

// In preset `dss` everybody may see this for ever, so what a command was answered is not overtaken by a change of law.
Told told(Eyes const& eyes, json::Value value) {
  return eyes.state.airspace.one_namespace ? Teller::tell_timeless(std::move(value))
                                           : Teller::tell(eyes, std::move(value));
}

json::Object time_json(UtcTime time) { return {{"value", to_text(time)}, {"format", "RFC3339"}}; }

json::Object reference_json(Changed const& of, json::Value ovn) {
  json::Object out{
      {"id", model::text_of(of.id)},
      {"manager", of.manager},
      {"uss_availability", word(of.state ? of.availability : model::Availability::unknown)},  // I9
      {"version", of.version},
      {"ovn", std::move(ovn)},
      {"time_start", time_json(of.from)},
      {"time_end", time_json(of.until)},
      {"uss_base_url", of.url}};
  if (!of.state) return out;
  out["state"] = word_of(*of.state);
  out["subscription_id"] = of.subscription ? json::Value(model::text_of(*of.subscription)) : no_subscription;
  return out;
}

// What was filed natively has no URL of its own.
template <class Entity>
Changed common(Eyes const& eyes, OwnSystem const& uss, Entity const& entity) {
  std::string const& url = eyes.state.airspace.urls.text(entity.url);
  return {.id = entity.id,
          .manager = manager_of(eyes, entity.owner.manager),
          .availability = model::Availability::unknown,
          .version = entity.version,
          .state = {},
          .ovn = entity.ovn,
          .from = entity.hull.from,
          .until = entity.hull.until,
          .url = url.empty() ? uss.base_url : url,
          .subscription = {}};
}

Changed changed_of(Eyes const& eyes, OwnSystem const& uss, Intent const& intent) {
  Changed out = common(eyes, uss, intent);
  out.availability = availability_of(eyes, intent.owner.manager);
  out.state = intent.state;
  if (intent.subscription) out.subscription = eyes.state.airspace.subscriptions[intent.subscription].id;
  return out;
}
Changed changed_of(Eyes const& eyes, OwnSystem const& uss, Constraint const& constraint) {
  return common(eyes, uss, constraint);
}

template <class Entity>
json::Object reference_of(Eyes const& eyes, OwnSystem const& uss, Entity const& entity) {
  bool const own = entity.owner.office == eyes.office();
  return reference_json(changed_of(eyes, uss, entity),
                        own ? json::Value(model::text_of(entity.id, entity.ovn)) : hidden_ovn);
}

OfficeKey scope_of(Eyes const& eyes) { return eyes.state.airspace.scope_of(eyes.office()); }

// What the reader is shown of the entities of one kind.
class Shown {
 public:
  explicit Shown(Eyes const& eyes) : all_(eyes.state, eyes.office()) {}
  bool has(Intent const& intent) const { return all_.shows(intent.owner.office, intent); }
  bool has(Constraint const& constraint) const { return all_.shows_constraints_of(constraint.owner.office); }
  std::vector<OfficeKey> offices() const { return all_.offices(); }
  std::optional<model::Level> level_of(Intent const& intent) const {
    return all_.level_of(intent.owner.office, intent);
  }

 private:
  state::ShownAirspace const all_;
};

template <class Entities>
json::Array references_in(Eyes const& eyes, OwnSystem const& uss, Entities const& all,
                          model::Hull const& hull) {
  Shown const shown(eyes);
  std::vector<std::pair<model::EntityId, uint32_t>> found;
  all.each_in(hull, [&](auto key) {
    if (shown.has(all[key])) found.emplace_back(all[key].id, key.value);
  });
  std::ranges::sort(found);
  json::Array list;
  list.reserve(found.size());
  for (auto const& [id, slot] : found)
    list.emplace_back(reference_of(eyes, uss, all[std::remove_cvref_t<decltype(all.find({}, {}))>(slot)]));
  return list;
}

template <class Entities>
json::Array references_of(Eyes const& eyes, OwnSystem const& uss, Entities const& all,
                          std::vector<model::EntityName> const& names) {
  Shown const shown(eyes);
  json::Array list;
  for (model::EntityName const& name : names)
    if (auto const key = all.find(name.office, name.id); key && shown.has(all[key]))
      list.emplace_back(reference_of(eyes, uss, all[key]));
  return list;
}

// The entity of that id that the reader is shown: its own before all others.
template <class Entities>
auto shown_by_id(Eyes const& eyes, Entities const& all, model::EntityId id) {
  if (eyes.state.airspace.one_namespace) return all.find({}, id);
  Shown const shown(eyes);
  for (OfficeKey const office : shown.offices())
    if (auto const key = all.find(office, id); key && shown.has(all[key])) return key;
  return all.find(eyes.office(), id);
}

model::Hull at_all_heights(model::Hull hull) {
  hull.low_mm = model::lowest_mm, hull.high_mm = model::highest_mm;
  return hull;
}

UtcTime first_of(model::Surrogate const& surrogate) {
  return std::ranges::min(surrogate.boxes, {}, &model::VolumeBox::from).from;
}
UtcTime last_of(model::Surrogate const& surrogate) {
  return std::ranges::max(surrogate.boxes, {}, &model::VolumeBox::until).until;
}

constexpr char centre_manager[] = "centre";

json::Object surrogate_json(Eyes const& eyes, OwnSystem const& uss, model::EntityId own,
                            model::Surrogate const& surrogate) {
  NamedSurrogate const name = name_of(eyes, own, surrogate);
  Changed const reference{
      .id = name.id,
      .manager = centre_manager,
      .version = name.version,
      .state = surrogate.contingent ? model::IntentState::contingent : model::IntentState::accepted,
      .ovn = name.ovn,
      .from = first_of(surrogate),
      .until = last_of(surrogate),
      .url = uss.base_url,
      .subscription = {}};
  return reference_json(reference, hidden_ovn);
}

// Of one intent of the reader's: by its open notices, one for each clause.
template <class Look>
void each_surrogate(Eyes const& eyes, Intent const& own, Look const& look) {
  state::Notices const& notices = eyes.state.airspace.notices;
  model::ThingName const thing{model::ThingName::Kind::intent, eyes.office(), own.id};
  for (model::NoticeSubject const& subject : notices.open_about(thing)) {
    state::Notice const& notice = *notices.find({eyes.office(), notices.open_on(subject)});
    model::RaisedNotice const& raised = notice.raised;
    bool const runs = state::runs_with_another(eyes.state.law.agreement(subject.under.agreement),
                                               subject.under.clause, eyes.view.party());
    if (runs && subject.other.is_none() && raised.content.level == model::Level::warning &&
        raised.about != model::NoticeAbout::site)
      look(model::Surrogate{subject.under, raised.content.boxes, raised.content.contingent});
  }
}

void add_surrogates(Eyes const& eyes, OwnSystem const& uss, model::Hull const& hull, json::Array& list) {
  auto const& intents = eyes.state.airspace.intents;
  if (eyes.state.airspace.one_namespace) return;
  intents.each_in(hull, [&](IntentKey key) {
    if (intents[key].owner.office != eyes.office()) return;
    each_surrogate(eyes, intents[key], [&](model::Surrogate const& one) {
      list.emplace_back(surrogate_json(eyes, uss, intents[key].id, one));
    });
  });
}

struct FoundSurrogate {
  model::EntityId own;
  model::Surrogate surrogate;
};
std::optional<FoundSurrogate> find_surrogate(Eyes const& eyes, model::EntityId id) {
  std::optional<FoundSurrogate> found;
  auto const& intents = eyes.state.airspace.intents;
  if (eyes.state.airspace.one_namespace) return found;
  std::set<model::EntityId> looked;
  for (auto const& [number, notice] : eyes.state.airspace.notices.of(eyes.office())) {
    model::EntityId const own = notice.raised.subject.own.id;
    if (!notice.is_open() || found || !looked.insert(own).second) continue;
    IntentKey const key = intents.find(eyes.office(), own);
    if (key.is_none()) continue;
    each_surrogate(eyes, intents[key], [&](model::Surrogate const& one) {
      if (name_of(eyes, own, one).id == id) found = FoundSurrogate{own, one};
    });
  }
  return found;
}

json::Object altitude_json(int32_t mm) {
  return {{"value", static_cast<double>(mm) / 1'000}, {"reference", "W84"}, {"units", "M"}};
}
json::Object vertex_json(int64_t longitude_e7, int64_t latitude_e7) {
  constexpr double degree_e7 = 1e7;
  return {{"lat", static_cast<double>(latitude_e7) / degree_e7},
          {"lng", static_cast<double>(longitude_e7) / degree_e7}};
}
json::Object volume_json(json::Array vertices, int32_t low_mm, int32_t high_mm, UtcTime from, UtcTime until) {
  json::Object volume{{"outline_polygon", json::Object{{"vertices", std::move(vertices)}}}};
  if (low_mm != model::lowest_mm) volume["altitude_lower"] = altitude_json(low_mm);
  if (high_mm != model::highest_mm) volume["altitude_upper"] = altitude_json(high_mm);
  json::Object out{{"volume", std::move(volume)}};
  if (from != model::earliest) out["time_start"] = time_json(from);
  if (until != model::latest) out["time_end"] = time_json(until);
  return out;
}
json::Array volumes_of(std::vector<model::VolumeBox> const& boxes) {
  json::Array all;
  for (model::VolumeBox const& box : boxes)
    all.emplace_back(
        volume_json({vertex_json(box.west_e7, box.south_e7), vertex_json(box.east_e7, box.south_e7),
                     vertex_json(box.east_e7, box.north_e7), vertex_json(box.west_e7, box.north_e7)},
                    box.low_mm, box.high_mm, box.from, box.until));
  return all;
}
json::Array volumes_of(std::vector<model::Extent> const& extents) {
  json::Array all;
  for (model::Extent const& one : extents) {
    json::Array vertices;
    for (model::Point const point : one.ring)
      vertices.emplace_back(vertex_json(point.longitude_e7, point.latitude_e7));
    all.emplace_back(volume_json(std::move(vertices), one.low_mm, one.high_mm, one.from, one.until));
  }
  return all;
}

// Where an intent is: at `details` as filed, at `reference` where it meets intents of the reader's own.
json::Array volumes_for(Eyes const& eyes, Intent const& intent, model::Level level) {
  if (level == model::Level::details) return volumes_of(intent.extents);
  std::vector<model::VolumeBox> boxes;
  model::ThingName const thing{model::ThingName::Kind::intent, intent.owner.office, intent.id};
  for (auto const& [number, notice] : eyes.state.airspace.notices.of(eyes.office()))
    if (notice.is_open() && notice.raised.subject.other == thing)
      boxes.insert(boxes.end(), notice.raised.content.boxes.begin(), notice.raised.content.boxes.end());
  return volumes_of(boxes);
}

json::Object details_json(json::Object reference, json::Array volumes, bool off_nominal) {
  json::Object details{{"priority", 0}};
  details["volumes"] = off_nominal ? json::Array{} : volumes;
  details["off_nominal_volumes"] = off_nominal ? std::move(volumes) : json::Array{};
  return {{"operational_intent",
           json::Object{{"reference", std::move(reference)}, {"details", std::move(details)}}}};
}

json::Object subscription_json(Eyes const& eyes, Subscription const& of) {
  json::Array dependents;
  for (IntentKey const key : of.dependents)
    dependents.emplace_back(model::text_of(eyes.state.airspace.intents[key].id));
  return {{"id", model::text_of(of.id)},
          {"version", model::text_of(of.id, of.version)},
          {"notification_index", of.notification_index},
          {"time_start", time_json(of.hull.from)},
          {"time_end", time_json(of.hull.until)},
          {"uss_base_url", eyes.state.airspace.urls.text(of.url)},
          {"notify_for_operational_intents", of.for_intents},
          {"notify_for_constraints", of.for_constraints},
          {"implicit_subscription", of.implicit},
          {"dependent_operational_intents", std::move(dependents)}};
}

}  // namespace

std::string manager_of(Eyes const& eyes, ClientKey client) {
  if (client.is_none()) return {};
  model::Client const& known = eyes.state.law.clients[client.value];
  return known.subject.empty() ? known.name : known.subject;
}

NamedSurrogate name_of(Eyes const& eyes, model::EntityId own, model::Surrogate const& surrogate) {
  Digest const digest = crypto::prf(eyes.keys.prf, "surrogate", eyes.view.name_of(eyes.office()),
                                    model::text_of(own), codec::encode(surrogate));
  NamedSurrogate name;
  std::copy_n(digest.octets.begin(), name.id.octets.size(), name.id.octets.begin());
  name.id.octets[6] = static_cast<uint8_t>((name.id.octets[6] & 0x0f) | 0x40);  // a UUID of version 4
  name.id.octets[8] = static_cast<uint8_t>((name.id.octets[8] & 0x3f) | 0x80);
  name.ovn.kind = model::Ovn::Kind::minted;
  std::copy_n(digest.octets.begin() + name.id.octets.size(), name.ovn.octets.size(), name.ovn.octets.begin());
  Digest const another = crypto::prf(eyes.keys.prf, "version of a surrogate", digest.view());
  name.version =
      1 + (uint32_t{another.octets[0]} << 16 | uint32_t{another.octets[1]} << 8 | another.octets[2]);
  return name;
}

model::Availability availability_of(Eyes const& eyes, ClientKey manager) {
  if (manager.is_none()) return model::Availability::unknown;
  state::Law const& law = eyes.state.law;
  model::Client const& client = law.clients[manager.value];
  auto const& all = eyes.state.airspace.availability;
  auto const found =
      all.find(eyes.state.airspace.one_namespace
                   ? client.subject
                   : state::availability_name(law, law.party_of(client.office), state::system_name(client)));
  return found == all.end() ? model::Availability::unknown : found->second.availability;
}

Told tell_change(Eyes const& eyes, Changed const& changed, std::vector<model::Notified> const& notified) {
  json::Array subscribers;
  for (model::Notified const& there : notified) {
    json::Array subscriptions;
    for (model::NotifiedSubscription const& one : there.subscriptions)
      subscriptions.emplace_back(
          json::Object{{"subscription_id", model::text_of(one.id)}, {"notification_index", one.index}});
    subscribers.emplace_back(
        json::Object{{"uss_base_url", there.url}, {"subscriptions", std::move(subscriptions)}});
  }
  json::Object out;
  out[changed.state ? "operational_intent_reference" : "constraint_reference"] =
      reference_json(changed, json::Value(model::text_of(changed.id, changed.ovn)));
  out["subscribers"] = std::move(subscribers);
  return told(eyes, std::move(out));
}

std::optional<Changed> intent_at(Eyes const& eyes, model::EntityId id, model::SeenOvn const& ovn) {
  auto const& all = eyes.state.airspace.intents;
  IntentKey const key = all.find(scope_of(eyes), id);
  if (key.is_none() || model::seen(id, all[key].ovn) != ovn) return std::nullopt;
  return changed_of(eyes, {}, all[key]);
}

std::optional<Changed> constraint_at(Eyes const& eyes, model::EntityId id, model::SeenOvn const& ovn) {
  auto const& all = eyes.state.airspace.constraints;
  ConstraintKey const key = all.find(scope_of(eyes), id);
  if (key.is_none() || model::seen(id, all[key].ovn) != ovn) return std::nullopt;
  return changed_of(eyes, {}, all[key]);
}

Result<Told> tell_intent(Eyes const& eyes, OwnSystem const& uss, model::EntityId id) {
  auto const& all = eyes.state.airspace.intents;
  IntentKey const key = shown_by_id(eyes, all, id);
  if (key)
    return told(eyes, json::Object{{"operational_intent_reference", reference_of(eyes, uss, all[key])}});
  auto const found = find_surrogate(eyes, id);
  if (!found) return hidden_or_absent();
  return told(eyes, json::Object{{"operational_intent_reference",
                                  surrogate_json(eyes, uss, found->own, found->surrogate)}});
}

Result<Told> tell_details(Eyes const& eyes, OwnSystem const& uss, model::EntityId id) {
  auto const& all = eyes.state.airspace.intents;
  if (auto const found = find_surrogate(eyes, id)) {
    json::Object reference = surrogate_json(eyes, uss, found->own, found->surrogate);
    reference["ovn"] = model::text_of(id, name_of(eyes, found->own, found->surrogate).ovn);
    return told(eyes, details_json(std::move(reference), volumes_of(found->surrogate.boxes),
                                   found->surrogate.contingent));
  }
  IntentKey const key = shown_by_id(eyes, all, id);
  if (key.is_none() || !eyes.state.airspace.urls.text(all[key].url).empty()) return hidden_or_absent();
  Intent const& intent = all[key];
  auto const level = Shown(eyes).level_of(intent);
  if (!level) return hidden_or_absent();
  json::Object reference = reference_of(eyes, uss, intent);
  reference["ovn"] = model::text_of(id, intent.ovn);
  bool const off_nominal =
      intent.state == model::IntentState::nonconforming || intent.state == model::IntentState::contingent;
  return told(eyes, details_json(std::move(reference), volumes_for(eyes, intent, *level), off_nominal));
}

Result<Told> tell_constraint(Eyes const& eyes, OwnSystem const& uss, model::EntityId id) {
  auto const& all = eyes.state.airspace.constraints;
  ConstraintKey const key = shown_by_id(eyes, all, id);
  if (key.is_none()) return hidden_or_absent();
  return told(eyes, json::Object{{"constraint_reference", reference_of(eyes, uss, all[key])}});
}

Told tell_intents(Eyes const& eyes, OwnSystem const& uss, model::Hull const& hull) {
  json::Array list = references_in(eyes, uss, eyes.state.airspace.intents, hull);
  add_surrogates(eyes, uss, hull, list);
  return told(eyes, json::Object{{"operational_intent_references", std::move(list)}});
}

Told tell_constraints(Eyes const& eyes, OwnSystem const& uss, model::Hull hull) {
  return told(eyes,
              json::Object{{"constraint_references", references_in(eyes, uss, eyes.state.airspace.constraints,
                                                                   at_all_heights(std::move(hull)))}});
}

Told tell_missing(Eyes const& eyes, OwnSystem const& uss, std::string const& message, model::EntityId intent,
                  model::AirspaceRuling const& ruling) {
  json::Object out{{"message", message}};
  state::Airspace const& airspace = eyes.state.airspace;
  json::Array intents = references_of(eyes, uss, airspace.intents, ruling.missing_intents);
  for (model::Surrogate const& one : ruling.missing_surrogates)
    intents.emplace_back(surrogate_json(eyes, uss, intent, one));
  if (!intents.empty() || !ruling.missing_intents.empty())
    out["missing_operational_intents"] = std::move(intents);
  if (!ruling.missing_constraints.empty())
    out["missing_constraints"] = references_of(eyes, uss, airspace.constraints, ruling.missing_constraints);
  return told(eyes, std::move(out));
}

Result<Told> tell_subscription(Eyes const& eyes, model::EntityId id) {
  auto const& all = eyes.state.airspace.subscriptions;
  SubscriptionKey const key = all.find(scope_of(eyes), id);
  if (key.is_none()) return hidden_or_absent();
  if (all[key].owner.office != eyes.office()) return fail(ErrorCode::forbidden, "");
  return told(eyes, json::Object{{"subscription", subscription_json(eyes, all[key])}});
}

Told tell_subscriptions(Eyes const& eyes, model::Hull hull, UtcTime now) {
  auto const& all = eyes.state.airspace.subscriptions;
  std::vector<std::pair<model::EntityId, SubscriptionKey>> found;
  all.each_in(at_all_heights(std::move(hull)), [&](SubscriptionKey key) {
    if (all[key].owner.office == eyes.office() && all[key].hull.until >= now)
      found.emplace_back(all[key].id, key);
  });
  std::ranges::sort(found);
  json::Array list;
  for (auto const& [id, key] : found) list.emplace_back(subscription_json(eyes, all[key]));
  return told(eyes, json::Object{{"subscriptions", std::move(list)}});
}

Result<Told> tell_put_subscription(Eyes const& eyes, OwnSystem const& uss, model::EntityId id) {
  state::Airspace const& airspace = eyes.state.airspace;
  SubscriptionKey const key = airspace.subscriptions.find(scope_of(eyes), id);
  if (key.is_none()) return hidden_or_absent();
  Subscription const& of = airspace.subscriptions[key];
  json::Object out{{"subscription", subscription_json(eyes, of)}};
  if (of.for_intents) {
    json::Array list = references_in(eyes, uss, airspace.intents, of.hull);
    add_surrogates(eyes, uss, of.hull, list);
    out["operational_intent_references"] = std::move(list);
  }
  if (of.for_constraints)
    out["constraint_references"] = references_in(eyes, uss, airspace.constraints, of.hull);
  return told(eyes, std::move(out));
}

// Of whom the reader may not know: as of nobody (D7).
static std::optional<std::string> known_availability_name(Eyes const& eyes, std::string const& uss) {
  if (eyes.state.airspace.one_namespace) return uss;
  state::Law const& law = eyes.state.law;
  for (OfficeKey const office : Shown(eyes).offices())
    for (model::Client const& client : law.clients)
      if (client.office == office && state::system_name(client) == uss)
        return state::availability_name(law, law.party_of(office), uss);
  return std::nullopt;
}

Told tell_availability(Eyes const& eyes, std::string const& uss) {
  auto const& all = eyes.state.airspace.availability;
  auto const name = known_availability_name(eyes, uss);
  auto const found = name ? all.find(*name) : all.end();
  bool const is_set = found != all.end();
  return told(
      eyes,
      json::Object{{"version", is_set ? model::text_of({}, found->second.version) : std::string()},
                   {"status", json::Object{{"uss", uss},
                                           {"availability", word(is_set ? found->second.availability
                                                                        : model::Availability::unknown)}}}});
}

Told tell_report(Eyes const& eyes, std::string const& report) {
  auto value = json::parse(report, limits::error_report_bytes, json::Numbers::any);
  return told(eyes, value ? std::move(*value) : json::Value());
}

Told tell_version(Eyes const& eyes, std::string const& version) {
  return told(eyes, json::Object{{"version", version}});
}

Told tell_nothing(Eyes const& eyes) { return told(eyes, json::Object{}); }

Told tell_message(Eyes const& eyes, std::string text) {
  return told(eyes, json::Object{{"message", std::move(text)}});
}

}  // namespace comity::release
