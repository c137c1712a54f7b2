// When the lines of `contact` clauses are to be tested (40-deconfliction).
//
// A party is to test a line `test_every` after the last test of it that reached somebody, or after it joined; `overdue_after` later the
// test is overdue. By log time; whether a clause runs is asked elsewhere. Deterministic; thread rule: state.h.
#pragma once

#include <vector>

#include "state/watch.h"

namespace comity::state {

// `joined`: standing_since() of the party.
UtcTime test_due(model::LineTerms const& line, std::vector<CallMade> const& calls, UtcTime joined);

// The earliest at which a test of any line is overdue for any party, after that time. Cost: all clauses of all agreements.
UtcTime next_line_overdue(Law const& law, Watches const& watches, UtcTime after);

}  // namespace comity::state
