// What the command line answers to whoever started it (15-forms 4).
#pragma once

#include "base/result.h"

namespace comity::cli {

enum class Exit : int {
  done = 0,         // accepted, found
  refused = 1,      // by a ruling; the reasons are on stderr
  usage = 2,        // of the command line, of a file given to it
  not_there = 3,    // not authorised, or not there: one answer for both
  unreachable = 4,  // no answer, or none that is durable
  integrity = 5,    // what was served is not what was signed or stored
};

constexpr int code(Exit exit) { return static_cast<int>(exit); }

Exit exit_of(Error const& error);

}  // namespace comity::cli
