// Before editions leave, the machine notes them (25-isolation A14): what is not recorded is not served. For every door.
#pragma once

#include <vector>

#include "base/result.h"
#include "sequencer/centre.h"

namespace comity::sequencer {

// Returns when the note is durable. Those that are noted already may be among them; none is nothing. Errors: busy.
// Waits for the journal, so not on an event loop.
Result<void> note_served(Centre& centre, std::vector<state::ServedEdition> editions);

}  // namespace comity::sequencer
