// Rings for the tests of this room: by degrees, regular polygons and combs, of as many points as asked for.
//
// Coordinates in 1e-7 degree, counter-clockwise. Circles are made with integers, by turning a vector in steps and rounding,
// so the same everywhere; none of it is exact or needs to be. No state.
#pragma once

#include <vector>

#include "model/airspace.h"

namespace comity::geometry::samples {

using Ring = std::vector<model::Point>;

inline constexpr int32_t degree = 10'000'000;

inline Ring box(int32_t west, int32_t south, int32_t east, int32_t north) {
  return {{west, south}, {east, south}, {east, north}, {west, north}};
}

// `count` points, a multiple of 4, about `radius` from the middle: on a rounded square, |x|^4 + |y|^4 about radius^4.
inline Ring round(int32_t x, int32_t y, int32_t radius, int count) {
  Ring ring;
  int const quarter = count / 4;
  for (int i = 0; i < count; ++i) {
    int64_t const t = i % quarter, whole = quarter, bulge = t * (whole - t) * radius / (whole * whole);
    int64_t const forward = radius * (whole - t) / whole + bulge, side = radius * t / whole + bulge;
    int64_t const turned[4][2] = {{forward, side}, {-side, forward}, {-forward, -side}, {side, -forward}};
    ring.push_back(
        {static_cast<int32_t>(x + turned[i / quarter][0]), static_cast<int32_t>(y + turned[i / quarter][1])});
  }
  return ring;
}

// Teeth up from a bar that is 2 high: `count` of them, each 1 wide and 3 apart, `height` high, the first from x on.
inline Ring comb(int32_t x, int32_t y, int32_t height, int count) {
  int32_t const bar = y + 2, top = bar + height;
  Ring ring{{x, y}, {x + 4 * count - 3, y}};
  for (int tooth = count - 1; tooth >= 0; --tooth) {
    int32_t const left = x + 4 * tooth;
    ring.insert(ring.end(), {{left + 1, top}, {left, top}});
    if (tooth > 0) ring.insert(ring.end(), {{left, bar}, {left - 3, bar}});
  }
  return ring;
}

// The same, upside down.
inline Ring flipped(Ring ring, int32_t about) {
  for (model::Point& point : ring) point.latitude_e7 = 2 * about - point.latitude_e7;
  return ring;
}

inline Ring moved(Ring ring, int32_t x, int32_t y) {
  for (model::Point& point : ring) point.longitude_e7 += x, point.latitude_e7 += y;
  return ring;
}

// Always, and at all altitudes.
inline model::Extent everywhere_above(Ring ring) {
  model::Extent extent;
  extent.ring = std::move(ring);
  return extent;
}

}  // namespace comity::geometry::samples
