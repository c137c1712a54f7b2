// Asks a person at a terminal before something that binds is done; elsewhere, and with --yes, there is nobody to ask.
#pragma once

#include <string>

#include "cli/verb.h"

namespace comity::cli {

// `what` completes "Type yes to …".
bool agrees_to(Call const& call, std::string const& what);

}  // namespace comity::cli
