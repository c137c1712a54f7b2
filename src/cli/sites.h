// Protected sites of the asker's own office: listed, confirmed, withdrawn. How they come in from files: sites_import.h.
#pragma once

#include "cli/verb.h"

namespace comity::cli {

Verbs own_site_verbs();

}  // namespace comity::cli
