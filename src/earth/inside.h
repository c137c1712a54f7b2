// For tests of this room: whether a place lies in a ring as model::Extent has it, worked out anew and in another way than geometry/ does.
#pragma once

#include <cmath>
#include <vector>

#include "model/agreement.h"

namespace comity::earth {

// Counts the edges east of the place on its parallel, in degrees unrolled around it.
inline bool is_inside(std::vector<model::Point> const& ring, double latitude, double longitude) {
  auto const east_of = [&](model::Point const& point) {
    return std::remainder(point.longitude_e7 / 1e7 - longitude, 360);
  };
  bool inside = false;
  for (size_t i = 0; i < ring.size(); ++i) {
    model::Point const &a = ring[i], &b = ring[(i + 1) % ring.size()];
    double const ay = a.latitude_e7 / 1e7 - latitude, by = b.latitude_e7 / 1e7 - latitude;
    if ((ay > 0) == (by > 0)) continue;
    double const ax = east_of(a),
                 bx = ax + std::remainder((b.longitude_e7 - double{1} * a.longitude_e7) / 1e7, 360);
    if (ax + (bx - ax) * ay / (ay - by) > 0) inside = !inside;
  }
  return inside;
}

}  // namespace comity::earth
