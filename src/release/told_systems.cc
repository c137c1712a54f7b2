#include "release/told_systems.h"

#include <algorithm>

#include "earth/edges.h"
#include "release/surrogates.h"
#include "release/telling.h"

namespace comity::release {
namespace {

using state::Intent;

json::Object altitude_json(int32_t mm) {
  return {{"value", static_cast<double>(mm) / 1'000}, {"reference", "W84"}, {"units", "M"}};
}
// The standard's edges are geodesics, those of the machine straight in longitude and latitude.
json::Array vertices_of(std::vector<model::Point> const& ring) {
  constexpr double degree_e7 = 1e7;
  json::Array vertices;
  auto const add = [&](double latitude, double longitude) {
    vertices.emplace_back(json::Object{{"lat", latitude}, {"lng", longitude}});
  };
  if (auto const places = earth::bent(ring))
    for (earth::LatLng const& place : *places) add(place.latitude, place.longitude);
  else  // of thousands of kilometres, which no filing has
    for (model::Point const& point : ring) add(point.latitude_e7 / degree_e7, point.longitude_e7 / degree_e7);
  return vertices;
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
    all.emplace_back(volume_json(vertices_of({{box.west_e7, box.south_e7},
                                              {box.east_e7, box.south_e7},
                                              {box.east_e7, box.north_e7},
                                              {box.west_e7, box.north_e7}}),
                                 box.low_mm, box.high_mm, box.from, box.until));
  return all;
}
json::Array volumes_of(std::vector<model::Extent> const& extents) {
  json::Array all;
  for (model::Extent const& one : extents)
    all.emplace_back(volume_json(vertices_of(one.ring), one.low_mm, one.high_mm, one.from, one.until));
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

// Which volumes stand where, by the matrix of states (f3548-fields 1.7): `beside` are those that it may be in beside what is filed.
json::Object details_json(json::Object reference, model::IntentState state, json::Array volumes,
                          json::Array beside) {
  bool const contingent = state == model::IntentState::contingent;
  json::Array off_nominal;
  if (contingent || (state == model::IntentState::nonconforming && beside.empty())) off_nominal = volumes;
  for (json::Value& one : beside) off_nominal.push_back(std::move(one));
  json::Object details{{"priority", 0},
                       {"volumes", contingent ? json::Array{} : std::move(volumes)},
                       {"off_nominal_volumes", std::move(off_nominal)}};
  return {{"operational_intent",
           json::Object{{"reference", std::move(reference)}, {"details", std::move(details)}}}};
}

// With its OVN, as whoever manages an intent tells other systems.
json::Object intent_json(Eyes const& eyes, OwnSystem const& uss, Intent const& intent, model::Level level) {
  json::Object reference = reference_of(eyes, uss, intent);
  reference["ovn"] = model::text_of(intent.id, intent.ovn);
  json::Array beside;
  model::Extent const* const off_nominal = state::off_nominal(intent);
  if (off_nominal && level == model::Level::details) beside = volumes_of(std::vector{*off_nominal});
  return details_json(std::move(reference), intent.state, volumes_for(eyes, intent, level),
                      std::move(beside));
}

json::Object surrogate_intent_json(Eyes const& eyes, OwnSystem const& uss, model::EntityId own,
                                   model::Surrogate const& surrogate) {
  NamedSurrogate const name = name_of(eyes, own, surrogate);
  json::Object reference = surrogate_json(eyes, uss, own, surrogate);
  reference["ovn"] = model::text_of(name.id, name.ovn);
  return details_json(std::move(reference),
                      surrogate.contingent ? model::IntentState::contingent : model::IntentState::accepted,
                      volumes_of(surrogate.boxes), {});
}

constexpr char of_intents[] = "/uss/v1/operational_intents", of_constraints[] = "/uss/v1/constraints";

json::Object about(char const* member, model::EntityId id, state::Subscription const& subscription) {
  json::Object to{{"subscription_id", model::text_of(subscription.id)},
                  {"notification_index", subscription.notification_index}};
  return {{member, model::text_of(id)}, {"subscriptions", json::Array{std::move(to)}}};
}

std::vector<Notification> of_surrogates(Eyes const& eyes, OwnSystem const& uss, model::ToTell const& what,
                                        model::WaitsSince const& since, state::Subscription const& to) {
  std::vector<Notification> all;
  std::vector<model::EntityId> told;
  each_surrogate(eyes, what.entity, [&](model::Surrogate const& one) {
    told.push_back(name_of(eyes, what.entity, one).id);
    json::Object body = about("operational_intent_id", told.back(), to);
    body.insert(*surrogate_intent_json(eyes, uss, what.entity, one).begin());
    all.push_back({of_intents, Teller::tell(eyes, std::move(body))});
  });
  for (uint64_t const number : since.ended) {
    state::Notice const* const notice = eyes.state.airspace.notices.find({what.office, number});
    auto const surrogate = notice ? surrogate_of(notice->raised) : std::nullopt;
    if (!surrogate) continue;
    model::EntityId const id = name_of(eyes, what.entity, *surrogate).id;
    if (std::ranges::find(told, id) == told.end())
      all.push_back({of_intents, Teller::tell(eyes, about("operational_intent_id", id, to))});
  }
  return all;
}

Notification of_intent(Eyes const& eyes, OwnSystem const& uss, model::ToTell const& what,
                       state::Subscription const& to) {
  json::Object body = about("operational_intent_id", what.entity, to);
  auto const& all = eyes.state.airspace.intents;
  IntentKey const key = all.find(eyes.state.airspace.scope_of(what.owner), what.entity);
  auto const level = key ? ShownEntities(eyes).level_of(all[key]) : std::nullopt;
  if (level) body.insert(*intent_json(eyes, uss, all[key], *level).begin());
  return {of_intents, Teller::tell(eyes, std::move(body))};
}

// At `reference` whose it is and when: without volumes.
json::Object constraint_json(Eyes const& eyes, OwnSystem const& uss, state::Constraint const& constraint,
                             model::Level level) {
  json::Object reference = reference_of(eyes, uss, constraint);
  reference["ovn"] = model::text_of(constraint.id, constraint.ovn);
  bool const whole = level == model::Level::details;
  json::Array volumes = whole ? volumes_of(constraint.extents) : json::Array{};
  return {{"reference", std::move(reference)}, {"details", json::Object{{"volumes", std::move(volumes)}}}};
}

Notification of_constraint(Eyes const& eyes, OwnSystem const& uss, model::ToTell const& what,
                           state::Subscription const& to) {
  json::Object body = about("constraint_id", what.entity, to);
  auto const& all = eyes.state.airspace.constraints;
  ConstraintKey const key = all.find(eyes.state.airspace.scope_of(what.owner), what.entity);
  auto const level = key ? ShownEntities(eyes).level_of(all[key]) : std::nullopt;
  if (level) body["constraint"] = constraint_json(eyes, uss, all[key], *level);
  return {of_constraints, Teller::tell(eyes, std::move(body))};
}

}  // namespace

Result<Told> tell_details(Eyes const& eyes, OwnSystem const& uss, model::EntityId id, Tried const& tried) {
  if (auto const found = find_surrogate(eyes, tried, id))
    return Teller::tell(eyes, surrogate_intent_json(eyes, uss, found->own, found->surrogate));
  auto const& all = eyes.state.airspace.intents;
  IntentKey const key = shown_by_id(eyes, all, id);
  if (key.is_none() || !eyes.state.airspace.urls.text(all[key].url).empty()) return hidden_or_absent();
  auto const level = ShownEntities(eyes).level_of(all[key]);
  if (!level) return hidden_or_absent();
  return Teller::tell(eyes, intent_json(eyes, uss, all[key], *level));
}

Result<Told> tell_constraint_details(Eyes const& eyes, OwnSystem const& uss, model::EntityId id) {
  auto const& all = eyes.state.airspace.constraints;
  ConstraintKey const key = shown_by_id(eyes, all, id);
  if (key.is_none() || !eyes.state.airspace.urls.text(all[key].url).empty()) return hidden_or_absent();
  auto const level = ShownEntities(eyes).level_of(all[key]);
  if (!level) return hidden_or_absent();
  return Teller::tell(eyes, json::Object{{"constraint", constraint_json(eyes, uss, all[key], *level)}});
}

std::vector<Notification> tell_notifications(Eyes const& eyes, OwnSystem const& uss,
                                             model::ToTell const& what, model::WaitsSince const& since) {
  auto const& all = eyes.state.airspace.subscriptions;
  SubscriptionKey const key = all.find(eyes.state.airspace.scope_of(what.office), what.subscription);
  std::vector<Notification> made;
  if (key.is_none()) return made;
  if (what.of == model::ToTell::Of::surrogates) return of_surrogates(eyes, uss, what, since, all[key]);
  if (!ShownEntities(eyes).knows(what.owner))
    return made;  // no clause runs any more: not even that it is gone
  made.push_back(what.of == model::ToTell::Of::intent ? of_intent(eyes, uss, what, all[key])
                                                      : of_constraint(eyes, uss, what, all[key]));
  return made;
}

}  // namespace comity::release
