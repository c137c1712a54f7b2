// How far ahead of its beginning an intent was filed, beside what clauses ask (`lead_time` of `deconflict` and `notify`, 40-deconfliction).
//
// Short notice refuses nothing and is no conflict: who flies late is to be warned of all the more. The filer is told under which clauses it was
// late, and by how much; the other side of a conflict where its level tells it the times of the intent anyway. The lead is from when the
// present volumes were filed until they begin, and none where they begin earlier. A Contingent intent has none to give.
//
// `deconflict`: of intents that the clause means by state, times and area. `notify` about intents: of those that a `deconflict` clause of the
// same text means, since it says of itself nowhere where. The other kinds of `notify` ask for none of an intent. Pure.
#pragma once

#include <vector>

#include "commands/meeting.h"

namespace comity::commands {

// Of one that was filed now, by clause; for its own office.
std::vector<model::ShortNotice> short_notices(state::Law const& law, Filed const& intent);

// What the office `told` is told of an intent that it meets under a rule; none where it was filed in time.
Duration short_by(state::Law const& law, ConflictRule const& rule, Filed const& intent, OfficeKey told);

}  // namespace comity::commands
