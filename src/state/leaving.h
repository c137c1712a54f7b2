// What a party that left an agreement is still told of it (25-isolation B9): the text, and who belonged to it and how it
// stood when it left, and its own acts; nothing later. Former, declined and expelled parties have left.
//
// Left is what the last standing says: who comes back is told everything again. What happened at the very time of the
// leaving is later: log times may be equal, and saying too little is the safe side. Pure; state's lock.
#pragma once

#include <optional>

#include "state/law.h"

namespace comity::state {

// When the party left; none if it has not.
std::optional<UtcTime> left_at(Agreement const& agreement, PartyKey party);

// How it was before that time; of what had no state or standing then, the first state and no standing.
StateSpan const& state_before(Agreement const& agreement, UtcTime time);
Standing standing_before(Agreement const& agreement, PartyKey party, UtcTime time);

// The text was negotiated by the party: it was named in it while it was a draft (15-forms 2), not admitted later.
bool has_negotiated(Agreement const& agreement, PartyKey party);

}  // namespace comity::state
