// The verbs of the airspace (40-deconfliction): the office's own intents, and what is disclosed to it of conflicts. Sites are a noun of
// their own (sites.h).
#pragma once

#include "cli/verb.h"

namespace comity::cli {

Verbs airspace_verbs();    // verbs_airspace.cc: intents
Verbs constraint_verbs();  // verbs_constraints.cc: constraints, and where an intent is
Verbs notice_verbs();      // verbs_notices.cc: conflicts, notices and answers to them

}  // namespace comity::cli
