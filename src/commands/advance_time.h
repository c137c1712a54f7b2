// advance_time (60): two host officers say that a clock far ahead of the log is right (25-isolation G14). The log may go on at
// the clock's time once, if the clock shows at most `to`; the sequencer sees to that, and until then takes nothing but this
// act. What was believed is forgotten as soon as log time moves, so an act that was not needed allows no leap later.
// Refused: not_permitted outside the two-officer rule, malformed (`to` is not ahead of the log).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct AdvanceTime {
  UtcTime to;
  auto fields(this auto& self) { return std::tie(self.to); }
};

// Whether the command is part of this act: the proposal, or the countersignature of an open one. Whether it is accepted is
// not asked.
bool advances_time(State const& state, Command const& command);

Ruling decide(Sight const& sight, AdvanceTime const& command);
void apply(State& state, AdvanceTime const& command, model::Record const& record);

}  // namespace comity::commands
