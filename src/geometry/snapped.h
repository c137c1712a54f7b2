// A volume as it is seen below the level `details` (25-isolation G10): widened by half of the separation, then snapped outward
// to the squares and steps of a clause's grid. What two such volumes share is all that the test between their owners
// depends on, and all that either is told: asking for ever shows the grid and no more.
//
// Widened. By half of each separation, rounded up to whole units: altitude and time on both sides; the ground by the box of
// latitude and longitude, in whole 1e-7 degree, that holds the disc around each place of the footprint. One box for the
// whole footprint, sized where parallels are shortest (earth.h). If a disc may hold a pole, the box is the whole parallel.
//
// Squares. Square (row, column) is the set of places with latitude in [row, row + 1) * cell and longitude in
// [column, column + 1) * cell: half-open, origin at 0, 0, so -1 is the square to the south or west of it. A place has one
// longitude, in [-180, 180). Since a turn is no whole number of most cells, the squares at its two ends are cut off there:
// 180 degrees is -180, in the first column, and the last column ends short of it. Latitude 90 belongs to the last row.
// The footprint is every square that has a place in common with the widened closed polygon, and no other; exactly.
// A pole has every longitude: a footprint that reaches one has all columns of that row.
//
// Steps. Of altitude and of time likewise, [n, n + 1) * step, from 0 metres on the ellipsoid and from 1970 on. What has no
// bound has no last step: the end of the type.
//
// Promises: a function of volume, separation and grid alone, the same for ever. Two volumes within a separation
// (separation.h), or closer than it on the ellipsoid, meet here if snapped with it to one grid.
// Limits: squares() holds at most `most_squares`, else `too_many_squares`; the work is bounded by that, the corners, and what
// the edges cross. A separation or a grid out of range, or grids that differ, are bugs of the caller.
// Rings that check_ring refuses get some squares. Thread-safe: values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <tuple>
#include <vector>

#include "geometry/separation.h"
#include "model/airspace.h"

namespace comity::geometry {

// Powers of two, each at least 1.
struct Grid {
  int64_t cell_e7 = 1;     // of 1e-7 degree, at most 2^30
  int64_t altitude_m = 1;  // at most 2^30
  int64_t time_s = 1;      // at most 2^30
  bool operator==(Grid const&) const = default;
  auto fields(this auto& self) { return std::tie(self.cell_e7, self.altitude_m, self.time_s); }
};
bool in_range(Grid const& grid);

struct Square {
  int32_t row = 0, column = 0;
  auto operator<=>(Square const&) const = default;
  auto fields(this auto& self) { return std::tie(self.row, self.column); }
};

// From the first to the last, both of them in it. INT64_MIN and INT64_MAX: no bound.
struct Steps {
  int64_t first = INT64_MIN, last = INT64_MAX;
  bool operator==(Steps const&) const = default;
  auto fields(this auto& self) { return std::tie(self.first, self.last); }
};

struct Snapped {
  Grid grid;
  std::vector<Square> squares;  // sorted, each once
  Steps altitude, time;
  bool operator==(Snapped const&) const = default;
  auto fields(this auto& self) { return std::tie(self.grid, self.squares, self.altitude, self.time); }
};

enum class SnapFault : uint8_t { too_many_squares = 1 };

std::expected<Snapped, SnapFault> snap(model::Extent const& extent, Separation const& separation,
                                       Grid const& grid, size_t most_squares);

// By how much the box of a footprint is widened for half of a separation: in whole 1e-7 degree, never too little.
Reach widening(Outline const& outline, int64_t horizontal_mm);

// Do they share a square, a step of altitude and a step of time?
bool meet(Snapped const& a, Snapped const& b);

// The least rectangle of squares around those that both have, and the steps that both have. Columns run eastward from
// `west` to `east`, over the antimeridian if west > east: whichever way holds fewer of them; if as many, the one with the
// lesser `west`.
struct Shared {
  Grid grid;
  int32_t south = 0, north = 0, west = 0, east = 0;  // all of them in it
  Steps altitude, time;
  bool operator==(Shared const&) const = default;
  auto fields(this auto& self) {
    return std::tie(self.grid, self.south, self.north, self.west, self.east, self.altitude, self.time);
  }
};
std::optional<Shared> shared(Snapped const& a, Snapped const& b);

// The squares that both have; sorted.
std::vector<Square> shared_squares(Snapped const& a, Snapped const& b);
// A square touches the closed polygon; at its edge too, on either side.
bool touches(Square square, int64_t cell_e7, Outline const& area);

}  // namespace comity::geometry
