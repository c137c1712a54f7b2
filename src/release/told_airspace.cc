#include "release/told_airspace.h"

#include <algorithm>

#include "base/limits.h"
#include "release/conflict_words.h"
#include "release/references.h"
#include "release/surrogates.h"
#include "release/telling.h"

namespace comity::release {
namespace {

using state::Constraint;
using state::Intent;
using state::Subscription;

// In preset `dss` everybody may see this for ever, so what a command was answered is not overtaken by a change of law.
Told told(Eyes const& eyes, json::Value value) {
  return eyes.state.airspace.one_namespace ? Teller::tell_timeless(std::move(value))
                                           : Teller::tell(eyes, std::move(value));
}

OfficeKey scope_of(Eyes const& eyes) { return eyes.state.airspace.scope_of(eyes.office()); }

template <class Entities>
json::Array references_in(Eyes const& eyes, OwnSystem const& uss, Entities const& all,
                          model::Hull const& hull) {
  ShownEntities const shown(eyes);
  std::vector<std::pair<model::EntityId, uint32_t>> found;
  all.each_in(shown.around(hull), [&](auto key) {
    if (shown.has_in(hull, all[key])) found.emplace_back(all[key].id, key.value);
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
  ShownEntities const shown(eyes);
  json::Array list;
  for (model::EntityName const& name : names)
    if (auto const key = all.find(name.office, name.id); key && shown.has(all[key]))
      list.emplace_back(reference_of(eyes, uss, all[key]));
  return list;
}

model::Hull at_all_heights(model::Hull hull) {
  hull.low_mm = model::lowest_mm, hull.high_mm = model::highest_mm;
  return hull;
}

void add_surrogates(Eyes const& eyes, OwnSystem const& uss, model::Hull const& hull, json::Array& list) {
  auto const& intents = eyes.state.airspace.intents;
  if (eyes.state.airspace.one_namespace) return;
  intents.each_in(hull, [&](IntentKey key) {
    if (intents[key].owner.office != eyes.office()) return;
    each_surrogate(eyes, intents[key].id, [&](model::Surrogate const& one) {
      list.emplace_back(surrogate_json(eyes, uss, intents[key].id, one));
    });
  });
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

// Silence is not to look as if all were clear (G10).
static void put_unknown(json::Object& out, Eyes const& eyes, model::AirspaceRuling const& ruling) {
  if (eyes.state.airspace.one_namespace) return;
  auto unknown = unknown_json(eyes, ruling.not_answered);
  if (!unknown.empty()) out["comity_unknown"] = std::move(unknown);
}

Told tell_change(Eyes const& eyes, Changed const& changed, model::AirspaceRuling const& ruling) {
  json::Array subscribers;
  for (model::Notified const& there : ruling.notified) {
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
  put_unknown(out, eyes, ruling);
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

Result<Told> tell_intent(Eyes const& eyes, OwnSystem const& uss, model::EntityId id, Tried const& tried) {
  auto const& all = eyes.state.airspace.intents;
  IntentKey const key = shown_by_id(eyes, all, id);
  if (key)
    return told(eyes, json::Object{{"operational_intent_reference", reference_of(eyes, uss, all[key])}});
  auto const found = find_surrogate(eyes, tried, id);
  if (!found) return hidden_or_absent();
  return told(eyes, json::Object{{"operational_intent_reference",
                                  surrogate_json(eyes, uss, found->own, found->surrogate)}});
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
    if (may_be_told(eyes, one)) intents.emplace_back(surrogate_json(eyes, uss, intent, one));
  if (!intents.empty() || !ruling.missing_intents.empty())
    out["missing_operational_intents"] = std::move(intents);
  if (!ruling.missing_constraints.empty())
    out["missing_constraints"] = references_of(eyes, uss, airspace.constraints, ruling.missing_constraints);
  put_unknown(out, eyes, ruling);
  return told(eyes, std::move(out));
}

Result<Told> tell_subscription(Eyes const& eyes, model::EntityId id) {
  auto const& all = eyes.state.airspace.subscriptions;
  SubscriptionKey const key = all.find(scope_of(eyes), id);
  if (key.is_none()) return hidden_or_absent();
  if (all[key].owner.office != eyes.office()) return fail(ErrorCode::forbidden, "");
  return told(eyes, json::Object{{"subscription", subscription_json(eyes, all[key])}});
}

Result<Told> tell_subscription_at(Eyes const& eyes, model::EntityId id, model::SeenOvn const& version) {
  auto const& all = eyes.state.airspace.subscriptions;
  SubscriptionKey const key = all.find(scope_of(eyes), id);
  if (key && model::seen(id, all[key].version) != version) return hidden_or_absent();
  return tell_subscription(eyes, id);
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
  ShownEntities const shown(eyes);
  for (OfficeKey const office : shown.offices())
    for (model::Client const& client : law.clients)
      if (client.office == office && state::system_name(client) == uss && shown.knows_now(office))
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
