// Coarse places and coarse times, on ladders whose steps lie inside each other (25-isolation A17, G10).
//
// A cell is a rectangle of degrees of 1e-7 (e7), half-open to north and east, clipped to the globe. With s = 128 e7 times
// grid_m (128 e7 are 1.42 m of a meridian):
//
//   rows     [n·s, (n+1)·s) from the equator
//   columns  [m·w, (m+1)·w) from the zero meridian, w = s·2^k with the smallest k for which w is grid_m wide in metres
//            at the row's edge nearer the pole; where no k does, the row is one cell
//
// The row at a pole ends there and may be lower than the others: the one place where a cell can be smaller than agreed.
// All sizes are powers of two with one origin, and a coarser row ends nearer the pole, so its k is not smaller: every
// cell lies inside exactly one cell of each coarser grid. Two answers of different coarseness, from two agreements or
// two viewers, meet in the finer of the two and say no more than it does. Integers only; the widths behind k are a table.
//
// A snapped point is the middle of its cell, and precision_m a radius in metres, rounded up, that reaches every place in
// the cell: "outward" means that what is said is true of the place meant. grid_m is a power of two (others are rounded
// up) of at most limits::coarsest_grid_m. Thread-safe: no state.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "model/agreement.h"

namespace comity::release {

struct Cell {
  int64_t south_e7 = 0, north_e7 = 0, west_e7 = 0, east_e7 = 0;
  auto operator<=>(Cell const&) const = default;
};

Cell cell_of(model::Point point, uint32_t grid_m);

struct Snapped {
  model::Point middle;
  uint32_t precision_m = 0;
};

Snapped snapped(model::Point point, uint32_t grid_m);

// The last multiple of `step` that is not later, counted from 1970. A time that would fall before year 1 becomes its
// first moment.
UtcTime rounded_down(UtcTime time, Duration step);

}  // namespace comity::release
