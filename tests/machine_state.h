// What tests of the centre ask of its state: one digest of all of it, and the same made again from the journal.
#pragma once

#include "sequencer/centre.h"
#include "sequencer/replay.h"

namespace comity::tests {

inline Digest state_digest(sequencer::Centre const& centre) {
  return centre.read([](sequencer::Glimpse const& glimpse) { return sequencer::digest_of(glimpse.state); });
}

inline sequencer::ReplayReport replayed(sequencer::Centre const& centre, sequencer::Redecide decide) {
  auto const report = sequencer::replay(centre.reader(), decide, [](Index) {});
  return report ? *report : sequencer::ReplayReport{};
}

inline Index next_index(sequencer::Centre const& centre) {
  return centre.read([](sequencer::Glimpse const& glimpse) { return glimpse.state.next_index; });
}

}  // namespace comity::tests
