// Telling a person at a terminal what went wrong, and the exit code that goes with it.
#pragma once

#include "base/result.h"

namespace comity::cli {

// Prints the error to stderr; gives the exit code of local.h.
int report(Error const& error);

}  // namespace comity::cli
