// What the author of an accepted filing, or of a preview of one, is told of it beside the ruling (40-deconfliction).
//
//     "filing":  whether anything new is disclosed by it, which is said as "none disclosed to you" and never as none, how many
//                intents that are shown to the author share its cells, and which clauses gave no answer (25-isolation G10).
//     "preview": the same, and what would be disclosed: each notice that there would be, as it would be said; and by how much the
//                same volumes would have to be moved to meet nothing of what is disclosed.
//
// Told as the law is when it is told (G6): of a clause that the author may read no more nothing is said, and no alternative, which is
// made of all of them together. So a ruling that is asked for again says "none disclosed to you" and shares no cells once nothing that
// would tell more is in force. Call it under the lock that guards the state.
#pragma once

#include <vector>

#include "json/json.h"
#include "model/ruling.h"
#include "model/would_tell.h"
#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

// Adds one of the two where there is something to say.
void put_filing(json::Object& out, Eyes const& eyes, model::Ruling const& ruling);

// Who would be told of a filing: [{agreement, clause, call?, when: filed | met, learns, offices: […], others?: true}], a row for each clause,
// level and moment. Offices that the reader may not know are "others" and not counted (25-isolation G5).
Told tell_would_be_told(Eyes const& eyes, std::vector<model::WouldTell> const& all);

}  // namespace comity::release
