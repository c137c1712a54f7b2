#include "release/told_airspace.h"

#include <algorithm>

#include "base/limits.h"
#include "release/telling.h"
#include "release/words.h"

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

template <class Entity>
Changed common(Eyes const& eyes, Entity const& entity) {
  return {.id = entity.id,
          .manager = manager_of(eyes, entity.owner.manager),
          .availability = model::Availability::unknown,
          .version = entity.version,
          .state = {},
          .ovn = entity.ovn,
          .from = entity.hull.from,
          .until = entity.hull.until,
          .url = eyes.state.airspace.urls.text(entity.url),
          .subscription = {}};
}

Changed changed_of(Eyes const& eyes, Intent const& intent) {
  Changed out = common(eyes, intent);
  out.availability = availability_of(eyes, out.manager);
  out.state = intent.state;
  if (intent.subscription) out.subscription = eyes.state.airspace.subscriptions[intent.subscription].id;
  return out;
}
Changed changed_of(Eyes const& eyes, Constraint const& constraint) { return common(eyes, constraint); }

template <class Entity>
json::Object reference_of(Eyes const& eyes, Entity const& entity) {
  bool const own = entity.owner.office == eyes.office();
  return reference_json(changed_of(eyes, entity),
                        own ? json::Value(model::text_of(entity.id, entity.ovn)) : hidden_ovn);
}

bool sees(Eyes const& eyes, OfficeKey owner) {
  return eyes.state.airspace.one_namespace || owner == eyes.office();
}

OfficeKey scope_of(Eyes const& eyes) { return eyes.state.airspace.scope_of(eyes.office()); }

template <class Entities>
json::Array references_in(Eyes const& eyes, Entities const& all, model::Hull const& hull) {
  std::vector<std::pair<model::EntityId, uint32_t>> found;
  all.each_in(hull, [&](auto key) {
    if (sees(eyes, all[key].owner.office)) found.emplace_back(all[key].id, key.value);
  });
  std::ranges::sort(found);
  json::Array list;
  list.reserve(found.size());
  for (auto const& [id, slot] : found)
    list.emplace_back(reference_of(eyes, all[std::remove_cvref_t<decltype(all.find({}, {}))>(slot)]));
  return list;
}

template <class Entities>
json::Array references_of(Eyes const& eyes, Entities const& all,
                          std::vector<model::EntityName> const& names) {
  json::Array list;
  for (model::EntityName const& name : names)
    if (auto const key = all.find(name.office, name.id)) list.emplace_back(reference_of(eyes, all[key]));
  return list;
}

model::Hull at_all_heights(model::Hull hull) {
  hull.low_mm = model::lowest_mm, hull.high_mm = model::highest_mm;
  return hull;
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

model::Availability availability_of(Eyes const& eyes, std::string_view uss) {
  auto const found = eyes.state.airspace.availability.find(uss);
  return found == eyes.state.airspace.availability.end() ? model::Availability::unknown
                                                         : found->second.availability;
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
  return changed_of(eyes, all[key]);
}

std::optional<Changed> constraint_at(Eyes const& eyes, model::EntityId id, model::SeenOvn const& ovn) {
  auto const& all = eyes.state.airspace.constraints;
  ConstraintKey const key = all.find(scope_of(eyes), id);
  if (key.is_none() || model::seen(id, all[key].ovn) != ovn) return std::nullopt;
  return changed_of(eyes, all[key]);
}

Result<Told> tell_intent(Eyes const& eyes, model::EntityId id) {
  auto const& all = eyes.state.airspace.intents;
  IntentKey const key = all.find(scope_of(eyes), id);
  if (key.is_none()) return hidden_or_absent();
  return told(eyes, json::Object{{"operational_intent_reference", reference_of(eyes, all[key])}});
}

Result<Told> tell_constraint(Eyes const& eyes, model::EntityId id) {
  auto const& all = eyes.state.airspace.constraints;
  ConstraintKey const key = all.find(scope_of(eyes), id);
  if (key.is_none()) return hidden_or_absent();
  return told(eyes, json::Object{{"constraint_reference", reference_of(eyes, all[key])}});
}

Told tell_intents(Eyes const& eyes, model::Hull const& hull) {
  return told(eyes, json::Object{{"operational_intent_references",
                                  references_in(eyes, eyes.state.airspace.intents, hull)}});
}

Told tell_constraints(Eyes const& eyes, model::Hull hull) {
  return told(eyes,
              json::Object{{"constraint_references", references_in(eyes, eyes.state.airspace.constraints,
                                                                   at_all_heights(std::move(hull)))}});
}

Told tell_missing(Eyes const& eyes, std::string const& message, model::AirspaceRuling const& ruling) {
  json::Object out{{"message", message}};
  state::Airspace const& airspace = eyes.state.airspace;
  if (!ruling.missing_intents.empty())
    out["missing_operational_intents"] = references_of(eyes, airspace.intents, ruling.missing_intents);
  if (!ruling.missing_constraints.empty())
    out["missing_constraints"] = references_of(eyes, airspace.constraints, ruling.missing_constraints);
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

Result<Told> tell_put_subscription(Eyes const& eyes, model::EntityId id) {
  state::Airspace const& airspace = eyes.state.airspace;
  SubscriptionKey const key = airspace.subscriptions.find(scope_of(eyes), id);
  if (key.is_none()) return hidden_or_absent();
  Subscription const& of = airspace.subscriptions[key];
  json::Object out{{"subscription", subscription_json(eyes, of)}};
  if (of.for_intents) out["operational_intent_references"] = references_in(eyes, airspace.intents, of.hull);
  if (of.for_constraints) out["constraint_references"] = references_in(eyes, airspace.constraints, of.hull);
  return told(eyes, std::move(out));
}

Told tell_availability(Eyes const& eyes, std::string const& uss) {
  auto const& all = eyes.state.airspace.availability;
  auto const found = all.find(uss);
  bool const is_set = found != all.end();
  return told(
      eyes, json::Object{
                {"version", is_set ? model::text_of({}, found->second.version) : std::string()},
                {"status", json::Object{{"uss", uss}, {"availability", word(availability_of(eyes, uss))}}}});
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
