// pulse (2): time passes (50-ledger). Sent by the sequencer when the machine's next deadline has come, and now and then
// when nothing happens. What becomes of it (entry into force, a delay that elapsed) stands in its ruling. G14: a pulse
// that leaps more than ten minutes ahead is for boot alone; the sequencer sees to that.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct Pulse {
  Duration outage;  // at boot: how long the centre was down
  // A snapshot counts only if its digest stands in the log (G15): of the state after record `snapshot_index`.
  Index snapshot_index = 0;
  Digest snapshot;  // none: this pulse notes no snapshot
  auto fields(this auto& self) { return std::tie(self.outage, self.snapshot_index, self.snapshot); }
};

Ruling decide(Sight const& sight, Pulse const& command);
void apply(State& state, Pulse const& command, model::Record const& record);

}  // namespace comity::commands
