// What a shell proposes when Tab is pressed: made of the table of verbs, so that it knows what the parser
// knows.
#pragma once

#include <cstdint>
#include <string>

#include "cli/verb.h"

namespace comity::cli {

enum class Shell : uint8_t { bash, zsh, fish };

std::string completions(Shell shell, Verbs const& verbs);

}  // namespace comity::cli
