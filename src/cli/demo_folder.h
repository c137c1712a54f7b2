// Directories that a demo makes, and may remove: only those that say so themselves.
#pragma once

#include <string>

#include "base/result.h"

namespace comity::cli {

// Empty, and marked as a demo's, when it returns. bad_input: something is in it that no demo made.
Result<void> clear_demo_folder(std::string const& folder);

}  // namespace comity::cli
