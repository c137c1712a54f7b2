// preview_conflicts (209): what its office would be told of an intent if it filed it so (40-deconfliction). Nothing is filed, and
// nobody else is told or warned.
//
// It is a command and a record, since it reads what others have filed: under a clause with a budget it is charged as the filing
// would be, and beyond the budget it gives no answer there (25-isolation G10). So asking by previews shows no more than asking by
// filings. It is asked for what is planned or flown: who is in distress files it.
//
// The ruling holds the notices that would be raised, without those that would not change, as they would stand, and where the same
// volumes would meet nothing of what is disclosed (alternatives.h).
//
// Refused as put_intent is; malformed too for a state of distress.
#pragma once

#include "commands/put_intent.h"

namespace comity::commands {

struct PreviewConflicts {
  PutIntent intent;  // native
  auto fields(this auto& self) { return std::tie(self.intent); }
};

Ruling decide(Sight const& sight, PreviewConflicts const& command);
void apply(State& state, PreviewConflicts const& command, model::Record const& record);

}  // namespace comity::commands
