#include "commands/pulse.h"

#include <set>

#include "state/settle.h"

namespace comity::commands {

Ruling decide(Sight const& sight, Pulse const&) {
  if (sight.command.actor.kind != model::Actor::Kind::system) return refused(ReasonCode::not_permitted);
  state::Holdings const& holdings = sight.behind.holdings;
  state::Law next = sight.behind.law;
  Ruling ruling = model::accepted();
  ruling.effects = state::settle(next, sight.context.time);
  std::set<AgreementKey> touched;
  for (model::Effect const& effect : ruling.effects) touched.insert(effect.agreement);
  std::vector<state::Contributed> changed;
  for (AgreementKey agreement : touched)
    for (state::Contributed const& one : state::contributions_under(holdings, agreement))
      changed.push_back(one);
  for (auto const& [time, item, agreement] : holdings.delayed) {
    if (time > sight.context.time) break;
    changed.push_back({item, agreement});
  }
  ruling.releases = state::releases_due(next, holdings, sight.context.time, changed);
  return ruling;
}

void apply(State& state, Pulse const&, model::Record const& record) {
  auto& delayed = state.holdings.delayed;
  while (!delayed.empty() && std::get<UtcTime>(*delayed.begin()) <= record.time)
    delayed.erase(delayed.begin());
}

}  // namespace comity::commands
