// Runs a program of the host's: with one argument, a text on its standard input, nothing else of this process (no descriptor, no
// environment but PATH), for so long at most. Inside this room only. Any thread; blocks.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/time.h"

namespace comity::calling {

// Whether it ended by itself with exit code 0.
bool run_command(std::string const& program, std::string const& argument, BytesView input, Duration within);

}  // namespace comity::calling
