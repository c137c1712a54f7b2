// The record of acknowledgements (40-deconfliction): for each recipient of one's notices, day by day and clause by clause, how many were sent,
// given to it, answered, answered late or not at all, read back wrongly, and how long an answer took at the median.
//
// Of its own notices an office is told all of it, whatever became of its rights (25-isolation G9). Of another's it is told what its own side of
// the clause lets it know, and no more:
//   who     only where it was told itself whose the other intent is (`reference` and `details`), of the time while its own notice said so; so a
//           budget that is spent, which tells it nothing of a conflict, tells it nothing here (G10); and while the clause still runs (G6).
//   `others`  of a `warning`: not who nor how many, and only of what is open now: that the worst of them has answered or is late, as
//           /conflicts says of each.
// Where the other side is told a warning, one notice of it may be about many; then one of the asker's own counts as one that was sent. Of sites
// the office that filed them is told nothing: that there was a notice would say that somebody flies there.
//
// Bounded by what is kept: notices for limits::ended_kept after their end; at most limits::record_rows rows, the newest days. Days are of UTC, of
// when a notice was raised. Exercises have rows of their own. Cost: a look at each notice of the office and of those it is told of.
// Call it under the lock that guards the state.
#pragma once

#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

Told tell_acknowledgements(Eyes const& eyes);

// The rows of the same as one text, RFC 4180 with a heading. A cell that a spreadsheet would take for a formula has a `'` before it (G13).
Told acknowledgements_csv(Told const& record);

}  // namespace comity::release
