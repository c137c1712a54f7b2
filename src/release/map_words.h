// Places and altitudes of the machine in the words of maps and of people.
//
// Exact, from the integers and without a float: 1e-7 degree as decimal degrees with as many digits as there are ("35.5", "-0.0000001",
// "0"), millimetres as metres ("6400.8"). Feet are whole ones and rounded outward, since an altitude that is shown must not be less
// than the one that is meant: the low one down, the high one up. Altitudes stand above the ellipsoid of WGS84.
// No errors; a foot is 304.8 mm. Thread-safe: no state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace comity::release {

std::string degrees_text(int64_t e7);
std::string metres_text(int64_t mm);

// "5120 to 7168 m (16797 to 23518 ft) above the ellipsoid"; what has no bound says so.
std::string altitudes_text(std::optional<int64_t> low_mm, std::optional<int64_t> high_mm);

}  // namespace comity::release
