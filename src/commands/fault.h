// fault (4): the centre crashed while it decided a command (50-ledger; 25-isolation E11). Sent by the sequencer after
// restart in place of the command it does not try again. Two within an hour from one office suspend that office's
// commands of that kind until a host officer lifts it. A command of the centre's own is refused by its digest alone.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct Fault {
  Digest digest;  // of the command that crashed
  OfficeKey office;
  model::CommandKind kind = model::CommandKind::pulse;
  auto fields(this auto& self) { return std::tie(self.digest, self.office, self.kind); }
};

Ruling decide(Sight const& sight, Fault const& command);
void apply(State& state, Fault const& command, model::Record const& record);

}  // namespace comity::commands
