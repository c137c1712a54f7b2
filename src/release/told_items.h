// Items, told without their bytes: rows of lists, why a viewer has one, and who has an originator's own (15-forms 4).
//
//   row       {id, type, version, date_added, agreement, clause?, form, permissive?, derived_from?}
//   why       for oneself. Given: {given, agreement, clause, form}. Had once and not given now: the reasons, as far as
//             they are law. An item one never had is not_found, like one that is not there (G4). What was taken out of
//             an edition is not said: that it was there is content.
//   who sees  for an item of the viewer's own office: each participating office it may know, with the clause and the
//             terms, or the reasons. It is worked out from the terms alone: whether somebody else holds a target of a
//             reference, or the same id from elsewhere, is not the author's business. Offices it may not know are
//             "others" and not counted; the word stands in every answer, so it tells nothing (G5).
//
// A clause is named to readers of its text; an agreement that the reader may not know is "another rule" (A11).
// Thread rule: told.h.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "release/eyes.h"
#include "release/shown.h"
#include "release/told.h"

namespace comity::release {

// Where the viewer knows this id from: items of its own office, and those it was ever released and knows by the id now,
// or was served under it. Whether it may still have them is for show() and tell_why() to say.
std::vector<Spot> known_under(Eyes const& eyes, std::string_view id);

Told tell_row(Eyes const& eyes, Shown const& shown);
Result<Told> tell_why(Eyes const& eyes, ItemKey item, AgreementKey agreement);
Result<Told> tell_who_sees(Eyes const& eyes, ItemKey item, AgreementKey agreement);
// The same of what a preview foresees: worked out in its copy, told as the author may know offices and texts now (G5).
Result<Told> tell_who_would_see(Eyes const& eyes, Eyes const& told_by, ItemKey item, AgreementKey agreement);

}  // namespace comity::release
