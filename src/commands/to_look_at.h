// Which contributions have to be looked at again after a change of law, or because a delay has ended: somebody may be
// released them now.
//
// At most limits::looked_at_at_once in one record; the rest follows in pulses at the same log time, for which it waits among
// the delayed. A date on which a clause begins may make a million items visible: in one record that would be larger than a
// journal can hold, and would keep everybody waiting until it was decided. decide and apply ask the same question, so both
// know what was left. Pure.
#pragma once

#include <vector>

#include "state/due.h"
#include "state/state.h"

namespace comity::commands {

enum class Delays : uint8_t { ended_ones, none };

struct ToLookAt {
  std::vector<state::Contributed> now, later;
  std::vector<state::Delayed> ended;  // those of `now` that were delayed
};

ToLookAt to_look_at(state::Holdings const& holdings, std::vector<model::Effect> const& effects, UtcTime time,
                    Delays delays);

// What decide took out of `holdings` is gone from the delayed; what it left waits there.
void defer(state::Holdings& holdings, ToLookAt const& looked, UtcTime time);

}  // namespace comity::commands
