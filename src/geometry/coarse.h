// Which volumes are worth comparing: the squares of one coarse grid that their boxes lie in.
//
// A square is 2^21 times 1e-7 degree, about 23 km along a meridian, origin at 0, 0. What is found by squares that two volumes
// have in common is a superset of what meets: a box of latitude and longitude around each footprint, longitude modulo one
// turn, and wider by `reach` on the side that asks. A volume of more squares than `most_coarse` is in the one square
// `everywhere`, which is asked for in every search.
//
// No errors. Thread-safe: no state.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geometry/outline.h"
#include "geometry/snapped.h"
#include "model/airspace.h"

namespace comity::geometry {

inline constexpr int64_t coarse_e7 = int64_t{1} << 21;
inline constexpr size_t most_coarse = 4'096;
inline constexpr model::Cell everywhere = UINT32_MAX;

// How much further than its own box a volume has to look for others: on the ground by a separation and two cells of a grid, and
// likewise in altitude and time.
struct Look {
  int64_t horizontal_mm = 0, cell_e7 = 0;
  int64_t vertical_mm = 0, time_us = 0;
};
// At least as far as both.
Look farther(Look const& a, Look const& b);
Look look_for(Separation const& separation, Grid const& grid);

// As a hull whose cells are coarse squares: sorted, each once.
model::Hull coarse_hull(std::span<model::Extent const> extents);
// The same for a search, with `everywhere`.
model::Hull coarse_hull(std::span<model::Extent const> extents, Look const& look);

}  // namespace comity::geometry
