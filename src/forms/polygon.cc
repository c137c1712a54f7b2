#include "forms/polygon.h"

#include <algorithm>
#include <cstddef>

namespace comity::forms {
namespace {

using model::Point;
using Wide = __int128;  // a product of two differences of longitudes needs 65 bits

// On which side of the line from a to b is p: 1 left, -1 right, 0 on it.
int side(Point a, Point b, Point p) {
  Wide const abx = Wide{b.longitude_e7} - a.longitude_e7, aby = Wide{b.latitude_e7} - a.latitude_e7;
  Wide const apx = Wide{p.longitude_e7} - a.longitude_e7, apy = Wide{p.latitude_e7} - a.latitude_e7;
  Wide const cross = abx * apy - aby * apx;
  return cross > 0 ? 1 : cross < 0 ? -1 : 0;
}

// p is on the line through a and b: is it between them, or one of them?
bool within(Point a, Point b, Point p) {
  auto const [west, east] = std::minmax(a.longitude_e7, b.longitude_e7);
  auto const [south, north] = std::minmax(a.latitude_e7, b.latitude_e7);
  return p.longitude_e7 >= west && p.longitude_e7 <= east && p.latitude_e7 >= south && p.latitude_e7 <= north;
}

bool touch(Point a, Point b, Point c, Point d) {
  int const c_side = side(a, b, c), d_side = side(a, b, d), a_side = side(c, d, a), b_side = side(c, d, b);
  if (c_side * d_side < 0 && a_side * b_side < 0) return true;
  return (c_side == 0 && within(a, b, c)) || (d_side == 0 && within(a, b, d)) ||
         (a_side == 0 && within(c, d, a)) || (b_side == 0 && within(c, d, b));
}

// Two edges that share b: does one run back over the other?
bool run_back(Point a, Point b, Point c) {
  return side(a, b, c) == 0 && (within(a, b, c) || within(b, c, a));
}

}  // namespace

bool is_simple(std::span<Point const> polygon) {
  size_t const n = polygon.size();
  if (n < 3) return false;
  auto const at = [&](size_t i) { return polygon[i % n]; };
  for (size_t i = 0; i < n; ++i) {
    if (at(i) == at(i + 1) || run_back(at(i), at(i + 1), at(i + 2))) return false;
    for (size_t j = i + 2; j < n && j < i + n - 1; ++j)
      if (touch(at(i), at(i + 1), at(j), at(j + 1))) return false;
  }
  return true;
}

}  // namespace comity::forms
