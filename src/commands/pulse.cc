#include "commands/pulse.h"

#include "base/mutant.h"
#include "commands/airspace.h"
#include "commands/conflicts.h"
#include "commands/to_look_at.h"
#include "state/settle.h"

namespace comity::commands {

// Nobody could object to a recovery while the centre was down, so that time is given back before anything takes effect (G14);
// what passes while nobody is served is given back when that ends (restored.h).
static void let_time_pass(state::Law& law, Pulse const& command, UtcTime time, Index index) {
  law.lengthen_recoveries(command.outage);
  law.take_recoveries(time, index);
}

// Not while nobody is served, and so nobody can object.
static bool lets_time_pass(State const& state) {
  return !state.restoring || mutated(Mutant::recovery_while_nobody_is_served);
}

Ruling decide(Sight const& sight, Pulse const& command) {
  if (sight.command.actor.kind != model::Actor::Kind::system) return refused(ReasonCode::not_permitted);
  state::Law next = sight.behind.law;
  if (lets_time_pass(sight.behind)) let_time_pass(next, command, sight.context.time, sight.context.index);
  Ruling ruling = model::accepted();
  ruling.effects = state::settle(next, sight.context.time);
  Looked looked = to_look_at(sight.behind, ruling.effects, sight.context.time, By::pulse);
  ruling.unfinished = std::move(looked.later);
  model::AirspaceRuling airspace;
  follow_time(sight.behind, next, sight.context.time, airspace);
  if (!airspace.is_empty()) ruling.airspace = std::move(airspace);
  return following(std::move(ruling),
                   state::releases_due(next, sight.behind.holdings, sight.context.time, looked.now));
}

// Its effects and what it left to look at are the machine's, as of every command (machine.cc).
void apply(State& state, Pulse const& command, model::Record const& record) {
  if (lets_time_pass(state)) let_time_pass(state.law, command, record.time, record.index);
  has_looked_again(state);
  forget_ended(state, record.time);
}

}  // namespace comity::commands
