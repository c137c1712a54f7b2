// lift_fault_suspension (68): a host officer lets an office send commands of a kind again that were suspended after two faults
// (25-isolation E11). The commands that crashed stay refused, and the next fault counts as a first one. Refused:
// not_permitted, the reasons of an officer's act, not_suspended (also of an office that there is not).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct LiftFaultSuspension {
  std::string office;
  model::CommandKind kind = model::CommandKind::contribute;
  auto fields(this auto& self) { return std::tie(self.office, self.kind); }
};

Ruling decide(Sight const& sight, LiftFaultSuspension const& command);
void apply(State& state, LiftFaultSuspension const& command, model::Record const& record);

}  // namespace comity::commands
