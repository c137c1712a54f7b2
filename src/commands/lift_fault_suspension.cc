#include "commands/lift_fault_suspension.h"

namespace comity::commands {

Ruling decide(Sight const& sight, LiftFaultSuspension const& command) {
  if (!may(sight, model::role::host)) return refused(ReasonCode::not_permitted);
  if (auto reason = check_officer_act(sight)) return refused(*reason);
  OfficeKey const office = sight.behind.law.find_office(command.office);
  auto const found = sight.behind.faults.find(state::FaultName{office, command.kind});
  if (office.is_none() || found == sight.behind.faults.end() || !found->second.suspended)
    return refused(ReasonCode::not_suspended, command.office);
  return model::accepted();
}

void apply(State& state, LiftFaultSuspension const& command, model::Record const&) {
  state.faults.erase(state::FaultName{state.law.find_office(command.office), command.kind});
}

}  // namespace comity::commands
