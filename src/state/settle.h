// How law changes by itself (10-agreements): conditions turn true, dates pass, and what follows from that follows again
// until nothing more does. Everything that happens is an Effect in the ruling of the command that brought it about; a
// date is brought about by a pulse.
#pragma once

#include <vector>

#include "model/ruling.h"
#include "state/law.h"

namespace comity::state {

// Applies to `law` whatever is due at `now`, and says what that was, in order. Ends, since what a standing or a state should be
// follows from what was declared and from the time alone, and everything else moves forward only.
std::vector<model::Effect> settle(Law& law, UtcTime now);

void apply_effect(Law& law, model::Effect const& effect);

// The next time at which settle could find something to do; `never` if only a command can.
UtcTime next_deadline(Law const& law, UtcTime now);

// The first tabled agreement that every participant has sponsored: adoption by unanimity (39). None if there is none.
AgreementKey due_for_authentication(Law const& law);

bool holds(Law const& law, Agreement const& agreement, model::Condition const& condition, UtcTime now);

// Consent deposited and not taken back.
bool has_consented(Standing standing);

}  // namespace comity::state
