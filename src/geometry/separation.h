// Whether two volumes come closer to each other than a clause allows: within(a, b, separation).
//
// Meaning. Each volume is widened by half of each separation, rounded up to a whole unit: on the ground by a disc, in altitude
// and time on both sides. It is a conflict if the widened volumes, closed, share a point. On the ground that is: some place
// of one footprint and some place of the other are at most `reach` apart, twice the rounded half, measured along the surface
// of the ellipsoid WGS84. So a separation of 0 asks the same as overlaps().
//
// It never misses. The distance on the ellipsoid has no exact form, so a distance that is never longer takes its place, in
// integers. For two edges within reach, take the band of latitudes that a way from one to the other can pass through if it
// is no longer than the reach. In it no step of 1e-7 degree is shorter than the two of least_in(band), one along a parallel,
// one along a meridian. So every such way is at least as long as the straight line between its ends in a plane stretched
// by these two, and if it is within reach, so is that line. Whether it is, is decided exactly, on squares, as fractions.
//
// How much too early it may say conflict: only where the ground is less than reach / (1 - e) apart, with
//   e <= 0.03 % + tan(latitude) * (L + 2 reach) / 6335 km   (and 3 nm for each step along parallels: at 89.99 degrees 0.2 %)
// L being the extent in latitude that the two nearest edges have in common, since one band holds both. For extents of up
// to 60 km with edges along all of it, and 1 km of reach: 1.1 % at latitude 45, 1.8 % at 60, 5.6 % at 80; with edges of up
// to 1 km, as circles have: 0.08 %, 0.12 % and 0.3 %. The convergence of meridians is inside of that bound.
//
// Near a pole, where the band reaches it, longitude counts for nothing: what is within reach in latitude conflicts. Across
// the antimeridian nothing is different.
//
// Altitude does not stretch the ground: distances are those at the ellipsoid.
//
// Promises: symmetric; what overlaps is within every separation; what is within one is within every larger one, of the same
// volumes; what is within a separation also meets when both are snapped with it (snapped.h). Errors: none; a separation
// outside of its range is a bug of the caller. Thread-safe: no state.
#pragma once

#include <cstdint>
#include <tuple>

#include "geometry/outline.h"
#include "model/airspace.h"

namespace comity::geometry {

inline constexpr int64_t most_horizontal_mm =
    1'000'000'000;  // 1000 km: what the products of separation.cc have room for

struct Separation {
  int64_t horizontal_mm = 0;  // 0 to most_horizontal_mm
  int64_t vertical_mm = 0;    // 0 to INT32_MAX
  int64_t time_us = 0;        // 0 to INT64_MAX
  bool operator==(Separation const&) const = default;
  auto fields(this auto& self) { return std::tie(self.horizontal_mm, self.vertical_mm, self.time_us); }
};

bool in_range(Separation const& separation);

// Half, rounded up.
constexpr int64_t half_of(int64_t amount) { return amount / 2 + amount % 2; }

bool within(model::Extent const& a, model::Extent const& b, Separation const& separation);

// The ground alone.
bool footprints_within(Outline const& a, Outline const& b, int64_t horizontal_mm);

}  // namespace comity::geometry
