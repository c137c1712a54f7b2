// How long a step of 1e-7 degree is on the ground, understated: in nanometres, on the ellipsoid WGS84.
//
// A step along a meridian is M(lat) long and grows from the equator to the poles; one along a parallel is N(lat) cos(lat) long
// and shrinks. Both are kept for every whole degree, rounded down (earth.cc says how they were worked out). In between:
//   along a meridian   the value of the whole degree nearer to the equator; less than 0.02 % short
//   along a parallel   on the straight line between the two whole degrees. The function is concave between 0 and 90, since
//                      its second derivative is -(M cos + M' sin) and M grows, so a chord is below it: at most 0.004 % of
//                      the length itself, and 2 nm, short
// Whoever wants the least within a band of latitudes asks for both at its two ends: `least_in`.
//
// No floats: integers in, integers out, the same for ever. Thread-safe: constants.
#pragma once

#include <cstdint>

#include "geometry/plane.h"

namespace comity::geometry {

inline constexpr int64_t nm_per_mm = 1'000'000;
inline constexpr int64_t least_along_meridian_nm = 11'057'427;  // at the equator
inline constexpr int64_t most_step_nm = 11'169'397 + 1;  // of any step at all: along a meridian, at a pole

// Latitudes from south to north; either may lie beyond a pole.
struct Band {
  int64_t south = 0, north = 0;
};

// Nanometres for a step of 1e-7 degree; no step in the band is shorter. 0 along parallels if the band reaches a pole.
struct Scale {
  int64_t along_parallel_nm = 0, along_meridian_nm = 0;
};

Scale least_in(Band band);

// The number of steps along a meridian that surely cover a distance.
inline int64_t steps_covering(int64_t distance_nm) {
  return (distance_nm + least_along_meridian_nm - 1) / least_along_meridian_nm;
}

}  // namespace comity::geometry
