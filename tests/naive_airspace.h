// A naive model of the airspace, for comparing: everything there is in one list, every question a walk through all of it. It shares no
// index and no function with the program, only its structs of data.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "model/airspace.h"

namespace comity::tests {

using model::EntityId;
using model::Hull;
using model::IntentState;
using model::Ovn;

struct NaiveIntent {
  std::string manager;
  IntentState state;
  uint32_t version;
  Ovn ovn;
  Hull hull;
  std::optional<EntityId> subscription;
};
struct NaiveSubscription {
  std::string manager;
  Ovn version;
  bool intents, constraints, implicit;
  Hull hull;
  int32_t index = 0;
};
struct NaiveConstraint {
  std::string manager;
  uint32_t version;
  Ovn ovn;
  Hull hull;
};

inline bool share_a_cell(Hull const& a, Hull const& b) {
  for (model::Cell one : a.cells)
    for (model::Cell other : b.cells)
      if (one == other) return true;
  return false;
}
inline bool meet_in_time(Hull const& a, Hull const& b) { return a.from <= b.until && a.until >= b.from; }
inline bool meet_in_height(Hull const& a, Hull const& b) {
  return a.low_mm <= b.high_mm && a.high_mm >= b.low_mm;
}
inline bool has_all_cells(Hull const& big, Hull const& small) {
  for (model::Cell one : small.cells)
    if (std::ranges::find(big.cells, one) == big.cells.end()) return false;
  return true;
}

struct Naive {
  std::map<EntityId, NaiveIntent> intents;
  std::map<EntityId, NaiveSubscription> subscriptions;
  std::map<EntityId, NaiveConstraint> constraints;
  std::map<std::string, model::Availability> availability;

  std::set<EntityId> dependents(EntityId subscription) const {
    std::set<EntityId> all;
    for (auto const& [id, intent] : intents)
      if (intent.subscription == subscription) all.insert(id);
    return all;
  }
  bool is_down(std::string const& manager) const {
    auto const found = availability.find(manager);
    return found != availability.end() && found->second == model::Availability::down;
  }
};

inline bool nominal(IntentState state) {
  return state == IntentState::accepted || state == IntentState::activated;
}

}  // namespace comity::tests
