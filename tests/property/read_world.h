// Worlds for the comparison of the release rule with its oracle: law and holdings made from the JSON of
// tests/oracle/generate.py, where the form is described.
//
// Only for tests: whatever is wrong with a world is an exception, and the program ends. Agreements go through the
// compiler of agreements and their names through a view, as they do in the centre; states, standings and the runs of
// clauses are set as the world says, whether or not commands could lead there.
#pragma once

#include <string_view>

#include "state/holdings.h"
#include "state/law.h"

namespace comity::tests {

struct World {
  state::Law law;
  state::Holdings holdings;
  UtcTime now;
};

World read_world(std::string_view json);

}  // namespace comity::tests
