// References of intents and constraints, as F3548 has them (f3548-fields 1.3), for all who tell them: told_airspace, told_systems.
//
// What a reader is shown: state/shown_airspace.h. An OVN is told to its manager and to nobody else (I7). Thread rule: told.h.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "json/json.h"
#include "model/airspace.h"
#include "release/eyes.h"
#include "state/shown_airspace.h"

namespace comity::release {

// The centre's own system, as other systems reach it: where its USS endpoints are.
struct OwnSystem {
  std::string base_url;
};

// An intent or a constraint as its author has just left it, or as it was when it was deleted.
struct Changed {
  model::EntityId id;
  std::string manager;
  model::Availability availability = model::Availability::unknown;
  uint32_t version = 0;
  std::optional<model::IntentState> state;  // none: a constraint
  model::Ovn ovn;
  UtcTime from, until;
  std::string url;
  std::optional<model::EntityId> subscription;
};

// Whose system manages it; of what a person filed, the office by the name that the reader knows.
std::string manager_of(Eyes const& eyes, state::Owner const& owner);
model::Availability availability_of(Eyes const& eyes, ClientKey manager);

inline constexpr char hidden_ovn[] = "Available from USS";  // I7
char const* word(model::Availability availability);
json::Object time_json(UtcTime time);
json::Object reference_json(Changed const& of, json::Value ovn);

Changed changed_of(Eyes const& eyes, OwnSystem const& uss, state::Intent const& intent);
Changed changed_of(Eyes const& eyes, OwnSystem const& uss, state::Constraint const& constraint);

template <class Entity>
json::Object reference_of(Eyes const& eyes, OwnSystem const& uss, Entity const& entity) {
  bool const own = entity.owner.office == eyes.office();
  return reference_json(changed_of(eyes, uss, entity),
                        own ? json::Value(model::text_of(entity.id, entity.ovn)) : hidden_ovn);
}

// What the reader is shown of the entities of one kind.
class ShownEntities {
 public:
  explicit ShownEntities(Eyes const& eyes) : all_(eyes.state, eyes.office()) {}
  bool has(state::Intent const& intent) const { return all_.shows(intent.owner.office, intent); }
  // Of what was asked for, and what to look through for it.
  bool has_in(model::Hull const& asked, state::Intent const& intent) const {
    return all_.shows_in(asked, intent.owner.office, intent);
  }
  bool has_in(model::Hull const&, state::Constraint const& constraint) const { return has(constraint); }
  model::Hull around(model::Hull const& asked) const { return all_.around(asked); }
  bool has(state::Constraint const& constraint) const {
    return all_.shows_at(constraint.owner.office, constraint.hull, constraint.extents);
  }
  bool knows(OfficeKey owner) const { return all_.knows(owner); }
  bool knows_now(OfficeKey owner) const { return all_.knows_now(owner); }
  std::vector<OfficeKey> offices() const { return all_.offices(); }
  std::optional<model::Level> level_of(state::Intent const& intent) const {
    return all_.level_of(intent.owner.office, intent);
  }
  std::optional<model::Level> level_of(state::Constraint const& constraint) const {
    return all_.level_at(constraint.owner.office, constraint.hull, constraint.extents);
  }

 private:
  state::ShownAirspace const all_;
};

// The entity of that id that the reader is shown: its own before all others.
template <class Entities>
auto shown_by_id(Eyes const& eyes, Entities const& all, model::EntityId id) {
  if (eyes.state.airspace.one_namespace) return all.find({}, id);
  ShownEntities const shown(eyes);
  for (OfficeKey const office : shown.offices())
    if (auto const key = all.find(office, id); key && shown.has(all[key])) return key;
  return all.find(eyes.office(), id);
}

}  // namespace comity::release
