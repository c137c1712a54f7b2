#include "commands/fault.h"

#include "base/limits.h"

namespace comity::commands {

Ruling decide(Sight const& sight, Fault const&) {
  return sight.command.actor.kind == model::Actor::Kind::system ? model::accepted()
                                                                : refused(ReasonCode::not_permitted);
}

void apply(State& state, Fault const& command, model::Record const& record) {
  // Recorded twice if the centre died between this record and the end of its mark.
  if (!state.faulted.insert(command.digest).second) return;
  if (command.office.is_none()) return;  // the centre does not suspend itself
  auto const [place, first] = state.faults.try_emplace(state::FaultName{command.office, command.kind});
  state::Faults& faults = place->second;
  faults.suspended |= !first && record.time - faults.last < limits::fault_window;
  faults.last = record.time;
}

}  // namespace comity::commands
