// What becomes of a party's part in an agreement, and of the agreement, once suspension or withdrawal has been declared
// (10-agreements, VCLT 54 to 60, 65 to 68).
//
// Commands write down what was declared (law.h: Part, DeclaredSuspension, Emergency); the standing and the state that follow
// from it and from the time are worked out here, and settle.h makes effects of them. So a notice that runs out, an emergency
// that is over and the last consent to a resumption need no code of their own, and two causes at one time need no order: a
// part that two things keep from running runs when both are over.
//
// A party is suspended while
//   - its own suspension has begun, and not all whom the text asks have agreed that it ends
//   - officers of the host hold it, or the agreement (B15: at most 72 hours)
//   - the host has given it another key, and not all others have confirmed that (B5)
// It is withdrawing from its notice until that takes effect, and may take it back until then (68). An agreement is suspended
// while all its parties want it so, while fewer parties are left than the text asks, where that is what the text says of it, or
// by officers of the host. Pure; state's lock.
#pragma once

#include <vector>

#include "state/law.h"

namespace comity::state {

// Open to consent, in force or suspended; of these, in operation: the last two.
bool is_live(AgreementState state);
bool is_in_operation(AgreementState state);
// The same, or it has ended and clauses of it outlive that: so its parties still suspend, leave and are held.
bool still_runs(Agreement const& agreement);

// One of the parties to the agreement, whatever keeps its part from running; not one that has left or has yet to join.
bool belongs(Standing standing);
bool is_suspended(Standing standing);
bool is_withdrawing(Standing standing);
// The host gave it another key, and somebody who has a say has yet to confirm it (B5): until then it says nothing there that
// nobody could undo.
bool is_unconfirmed(Agreement const& agreement, PartyKey party);

// What they should be at `now`. What has yet to join, or has left, stays as it is.
Standing standing_due(Law const& law, AgreementKey agreement, PartyKey party, UtcTime now);
AgreementState state_due(Law const& law, AgreementKey agreement, UtcTime now);

// Everyone whom the text asks has agreed that the suspension of the party's part ends; none: that of the agreement.
bool resumption_is_complete(Agreement const& agreement, PartyKey suspended);
// All parties want the agreement suspended, where the text asks all, and that is not declared yet.
bool suspension_is_complete(Agreement const& agreement);

// Since when the party's part, or (none) the agreement, has been suspended without a break.
Moment suspended_since(Agreement const& agreement, PartyKey party);
// It ends, and of what was contributed meanwhile is given what its originators said.
void end_suspension(Agreement& agreement, PartyKey suspended, UtcTime now);

// Both have consented that this prohibition ends between them (G11); it has ended.
std::vector<ProhibitionConsent> prohibitions_to_end(Agreement const& agreement);
bool prohibition_has_ended(Agreement const& agreement, uint32_t clause, PartyKey one, PartyKey other);

// The next time after `now` at which any of this changes by itself.
UtcTime next_change(Law const& law, AgreementKey agreement, UtcTime now);

}  // namespace comity::state
