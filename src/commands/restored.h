// restored (61): two host officers say what was lost when the journal was put back (25-isolation G15): `from` records are there,
// and the log had gone to `to`. The same number twice says that nothing was lost. From the next record on the centre has a
// new origin, that of record 0 with `/e` and the epoch behind it, and serves again: what was signed for the old one counts no
// more, so no act of the lost range can come in later.
//
// Recoveries of keys (recover_key.h) that were under way have as much longer as nobody could object: since the last record that
// was there.
//
// An epoch is used once. The centre knows those that its log and what was presented name; where it was restored before to
// a state that is lost again, officers name a higher one.
//
// Refused: not_permitted outside the two-officer rule, not_put_back, other_size (`from` is not what was found, or `to` is
// below what is known to have been there), epoch_used, epoch_too_high (more than limits::epochs_ahead above it).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct Restored {
  Index from = 0, to = 0;
  uint32_t epoch = 0;
  auto fields(this auto& self) { return std::tie(self.from, self.to, self.epoch); }
};

Ruling decide(Sight const& sight, Restored const& command);
void apply(State& state, Restored const& command, model::Record const& record);

}  // namespace comity::commands
