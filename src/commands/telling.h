// What those are told to whom a record made something visible: the parts of it that they may be given one day, as evidence
// (25-isolation G7). One for each release of the ruling, one for each effect and one for each notice that ended or was raised, in that order.
//
// Made after the record was applied, from the state as it is then, and kept in the record; boot reads it and looks at none
// of it. The names in it are those that cannot change: hashes of texts, slugs of parties, ids of clauses and items. No key
// of the machine and no audience stands in it, so whoever is given one learns nothing about who else was. Pure.
#pragma once

#include <vector>

#include "model/record.h"
#include "state/state.h"

namespace comity::commands {

std::vector<model::Telling> tellings(state::State const& after, model::Record const& record);

}  // namespace comity::commands
