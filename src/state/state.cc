#include "state/state.h"

#include <algorithm>
#include <vector>

#include "state/lines.h"
#include "state/settle.h"

namespace comity::state {

State::State() = default;
State::State(State const&) = default;
State::State(State&&) noexcept = default;
State& State::operator=(State const&) = default;
State& State::operator=(State&&) noexcept = default;
State::~State() = default;

UtcTime next_deadline(State const& state) {
  UtcTime deadline = next_deadline(state.law, state.last_time);
  if (state.restoring) return deadline;  // nobody could object
  for (model::Recovery const& one : state.law.recoveries) deadline = std::min(deadline, one.effective);
  return deadline;
}

UtcTime next_to_tell(State const& state) {
  return std::min(state.airspace.sites.next_stale(state.last_time), state.line_overdue);
}

UtcTime next_due(State const& state) {
  UtcTime const deadline = std::min({next_deadline(state), state.airspace.next_to_forget(),
                                     state.airspace.next_to_do(), next_to_tell(state)});
  if (state.holdings.delayed.empty()) return deadline;
  return std::min(deadline, std::get<UtcTime>(*state.holdings.delayed.begin()));
}

void complete(State& state) {
  state.holdings.rebuild_indexes();
  state.airspace.complete();
  state.law.make_volume_clauses();
  state.line_overdue = next_line_overdue(state.law, state.airspace.watches, state.last_time);
  state.keyed_order.clear();
  for (auto const& [office, keys] : state.keyed) {
    std::vector<std::pair<Index, std::string>> order;
    for (auto const& [key, keyed] : keys) order.emplace_back(keyed.index, key);
    std::ranges::sort(order);
    for (auto& [index, key] : order) state.keyed_order[office].push_back(std::move(key));
  }
}

}  // namespace comity::state
