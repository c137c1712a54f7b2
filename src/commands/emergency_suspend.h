// emergency_suspend (58): two officers of the host stop a party's part in every agreement, or one agreement, for at most 72
// hours (25-isolation B15): a key or a machine of the party is in wrong hands, or something is released that should not be.
// Humanitarian clauses, those that the text calls non-suspendable and prohibitions go on. The reason is shown to the parties.
// It ends by itself, and may be ended before by the same act with an end of now; the same is not done again within 30 days
// of its end, unless the parties suspend by themselves.
//
// A party is named as the host registered it, an agreement as everybody knows it: the host has no rights to data.
// Refused: not_permitted (without two officers), malformed, unknown_party, unknown_agreement, wrong_state (the agreement is not
// in force), no_suspension (to end: none stands), suspended_lately.
#pragma once

#include <string>

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct EmergencySuspend {
  std::string party, agreement;  // one of the two
  Duration lasts;                // 0: the one that stands ends now
  std::string reason;
  auto fields(this auto& self) { return std::tie(self.party, self.agreement, self.lasts, self.reason); }
};

Ruling decide(Sight const& sight, EmergencySuspend const& command);
void apply(State& state, EmergencySuspend const& command, model::Record const& record);

}  // namespace comity::commands
