// The function everything rests on (10-agreements): whether a clause is in force between two parties.
//
// All comparisons use log time; windows are half-open. The answers are about the law as it stands; `gap` looks back at
// a moment in the histories. What may run while a party is suspended or withdrawing is said here; who is, in standing.h. Not
// covered yet, because no command makes them: reservations, amendments that only some have joined, and suspension between two
// parties only.
#pragma once

#include <optional>

#include "state/law.h"

namespace comity::state {

// i gives (or is bound), j receives. For a prohibition, parties that are suspended, withdrawing, former or expelled
// still count, a suspended agreement still binds, and one that ended since too few were left; until both consent that it ends
// (25-isolation G11).
bool in_force(Agreement const& agreement, size_t clause, PartyKey i, PartyKey j);

// It is in force between that party and at least one other, either way.
bool runs_with_another(Agreement const& agreement, size_t clause, PartyKey party);

// When `party` first became a party; never if it has not been one.
UtcTime standing_since(Agreement const& agreement, PartyKey party);
// Whether it had by then: of two things at one time the index says which came first.
bool had_joined(Agreement const& agreement, PartyKey party, Moment moment);

// At that moment the agreement had entered into force and `j` had become a party, but the agreement's state or the standing
// of i or j kept this clause from running between them: what was contributed then stays out, unless i said at the resumption
// that it gives it after all (25-isolation A20). Before
// j's first standing, the text's retroactivity decides instead.
bool gap(Agreement const& agreement, size_t clause, PartyKey i, PartyKey j, Moment moment);

// The last time before now, and after j joined, at which the clause did not run between them, and then ran again.
struct Pause {
  Moment from, until;
};
std::optional<Pause> last_pause(Agreement const& agreement, size_t clause, PartyKey i, PartyKey j,
                                Moment now);

// What i contributed then was kept from somebody by a gap that is over now: contributed anew it is given.
bool gap_is_over(Agreement const& agreement, PartyKey i, Moment then, Moment now);

}  // namespace comity::state
