// Who would be told of a filing, under which clause and how much (25-isolation G5; 40-deconfliction): for a preview that is no command.
//
// It is made of the clauses that run, as the author may know that, and of what would be filed; nobody's intents, sites or zones are looked at,
// so it shows nothing of them and costs no budget. Whether anything is met at all is asked by preview_conflicts, which is recorded and charged.
//
//   intent   under `deconflict`: from `reference` on as soon as it is filed, and where it meets one of theirs; at `warning` there alone.
//            A contingent one under `notify` about these: whoever it meets
//   site     under `notify` about sites: whose intent meets it, of which the site's office is told nothing
//   zone     under `deconflict` at `reference` and above, as soon as it is filed
//
// Near the edges of a clause's area and window, where only the grid decides, it says "met" rather than nothing. Where the author may not know
// whose standing lets a clause run, the row names nobody and is there whether it runs or not. Pure; thread rule: state.h.
#pragma once

#include <vector>

#include "commands/meeting.h"
#include "model/would_tell.h"
#include "state/view.h"

namespace comity::commands {

// Of an intent or a site; sorted, each row once.
std::vector<model::WouldTell> would_tell(state::View const& author, Filed const& thing);
// Of a constraint that lies there.
std::vector<model::WouldTell> would_tell_of_zone(state::View const& author, model::Hull const& hull,
                                                 std::vector<model::Extent> const& extents);

}  // namespace comity::commands
