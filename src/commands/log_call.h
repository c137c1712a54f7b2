// log_call (227): somebody on watch has spoken with the other end of a line, of a notice perhaps. Refused: see calls.h.
#pragma once

#include "commands/calls.h"

namespace comity::commands {

struct LogCall {
  CallOnLine made;
  auto fields(this auto& self) { return std::tie(self.made); }
};

Ruling decide(Sight const& sight, LogCall const& command);
void apply(State& state, LogCall const& command, model::Record const& record);

}  // namespace comity::commands
