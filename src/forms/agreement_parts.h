// The parts of which forms/agreement.cc is put together. Inside this room only: each reads one part of the form at
// `place`, reports what is wrong with it (forms/reader.h) and gives what could be read. Thread-safe: no state.
#pragma once

#include "forms/reader.h"
#include "model/agreement.h"

namespace comity::forms {

// agreement_head.cc: everything but the clauses. `members` are those of the whole agreement.
void read_head(Members& members, model::Text& text);

// agreement_clauses.cc
std::vector<model::Clause> read_clauses(Place const& place);
model::Selector read_selector(Place const& place);

// condition.cc: at most limits::condition_depth deep, limits::condition_leaves leaves.
model::Condition read_condition(Place const& place);

// filter.cc. What an absent `unmarked` means depends on the clause: see there.
model::Filter read_filter(Place const& place, model::ClauseType clause);
model::Fields read_fields(Place const& place);

// agreement_checks.cc: what needs the whole text: that names and clause ids it refers to are its own. Places where the
// text could not be read are passed over.
void check_whole(model::Text const& text, Problems& problems);

}  // namespace comity::forms
