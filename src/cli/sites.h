// Protected sites of the asker's own office: listed, withdrawn. What the noun `sites` can do stands in this file alone; a further verb
// is a row in site_verbs().
#pragma once

#include "cli/verb.h"

namespace comity::cli {

Verbs site_verbs();

}  // namespace comity::cli
