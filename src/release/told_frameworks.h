// The frameworks that may be loaded into the reference set, as every office is told of them (state/frameworks.h).
//
//   framework  {framework, title, root, objects, loaded}: root and number of the bundle that is allowed now, and how many
//              objects were loaded of it and of earlier ones
//   versions   [{id, version}] of what was loaded, in that order, of every bundle and also what another framework serves:
//              what need not be loaded again
//
// Ended ones are not told of, and asked for by name are like those that never were. Thread rule: told.h.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

Told tell_frameworks(Eyes const& eyes);

// At most `limit` after the first `after`.
struct LoadedVersions {
  Told list;
  size_t told = 0;
  bool more = false;
};
Result<LoadedVersions> tell_loaded(Eyes const& eyes, std::string_view framework, size_t after, size_t limit);

}  // namespace comity::release
