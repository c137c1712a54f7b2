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

std::vector<model::Point> read_area(Place const& place);  // {"polygon": [[longitude, latitude], …]}
std::vector<model::Point> read_ring(Members& members);    // its member `polygon`
std::vector<model::Point> read_polygon(Place const& place);
model::Point read_point(Place const& place);
model::Window read_window(Place const& place);

// agreement_airspace.cc: clauses about volumes, notices and lines.
void read_deconflict(Members& members, model::Clause& clause);
void read_notify(Members& members, model::Clause& clause);
void read_contact(Members& members, model::Clause& clause);
// A step of the one ladder of grids: a power of two.
void take_step(Members& members, std::string_view key, uint32_t& out, uint32_t least, uint32_t most);

// agreement_checks.cc: what needs the whole text: that names and clause ids it refers to are its own. Places where the
// text could not be read are passed over.
void check_whole(model::Text const& text, Problems& problems);

}  // namespace comity::forms
