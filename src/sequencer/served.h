// What every door does to serve an item: its payload, and a note of each edition that the machine takes before it leaves
// (25-isolation A14), since what is not recorded is not served.
#pragma once

#include <vector>

#include "base/result.h"
#include "release/shown.h"
#include "sequencer/centre.h"

namespace comity::sequencer {

// What an edition of it is made from; nothing for what the centre made itself.
Result<Bytes> payload_of(Centre const& centre, release::Shown const& shown);

// Returns when the note is durable. Those that are noted already may be among them; none is nothing. Errors: busy.
// Waits for the journal, so not on an event loop.
Result<void> note_served(Centre& centre, std::vector<state::ServedEdition> editions);

}  // namespace comity::sequencer
