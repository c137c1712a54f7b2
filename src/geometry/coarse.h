// Which volumes are worth comparing: the squares that their boxes lie in, of two sizes.
//
// Squares are 2^19 or 2^22 times 1e-7 degree, about 6 and 47 km along a meridian, origin at 0, 0. A volume is kept in the small ones
// if it takes few, else in the large ones, else in the one square `everywhere`; who searches looks in both sizes and there. What is
// found is a superset of what meets: a box of latitude and longitude around each footprint, longitude modulo one turn, and wider
// by `reach` on the side that asks. Beside the squares there is one box around all of a thing, which passes by most of what shares a
// square and is elsewhere in it. Either side is also wider by a part of its own size, since a volume of very many squares of a
// clause's grid is compared on longer ones (commands/meeting.h), never longer than a sixtieth of it.
//
// A search is never cut short. One over a wide area looks in the squares that its outline touches, not in those of its box.
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

inline constexpr size_t most_small = 12, most_large = 4'096;  // of one that is kept
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

// Around all volumes of a thing, in 1e-7 degree. What reaches the antimeridian or a pole has every longitude.
struct Around {
  int32_t west = INT32_MAX, south = INT32_MAX, east = INT32_MIN, north = INT32_MIN;  // of nothing yet
  bool meets(Around const& that) const {
    return west <= that.east && that.west <= east && south <= that.north && that.south <= north;
  }
};
struct Coarse {
  model::Hull hull;  // its cells are squares: sorted, each once
  Around around;
};
Coarse coarse(std::span<model::Extent const> extents);
// The same for a search: of both sizes, and `everywhere`.
Coarse coarse(std::span<model::Extent const> extents, Look const& look);

// Of one volume that looks so far: a box, altitudes and times, for a test before a dear one. Like a search, without its squares.
struct Bounds {
  Box box;
  int32_t low_mm = 0, high_mm = 0;
  UtcTime from, until;
};
std::vector<Bounds> bounds_of(std::span<model::Extent const> extents, Look const& look);
// No: none of these volumes meets one whose bounds they are.
bool any_near(std::span<Bounds const> bounds, std::span<model::Extent const> extents);

}  // namespace comity::geometry
