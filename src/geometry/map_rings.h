// A footprint as maps draw it: rings that stay between -180 and 180 degrees of longitude, on which an edge goes straight from one
// place to the next as the numbers say, never round the other side (RFC 7946, 3.1.9; KML reads its rings likewise).
//
// Cut where it crosses the antimeridian, at exactly that meridian, into as many rings as that makes. A ring round a pole is
// closed over the pole, as in outline.h. Each ring is open (the first point is not written again), counter-clockwise seen from
// above, and has at least three points, the last one repeated where a line of no area has only two.
//
// Promises, for rings that check_ring accepts: the rings cover the footprint and nothing else, but that a crossing of the
// antimeridian lies at the nearest whole 1e-7 degree of latitude (half of that is 6 millimetres). For other rings: some rings,
// no undefined behaviour, and no more points than edges and crossings. These are drawings: nothing is ruled on by them.
//
// Boxes: those of model::VolumeBox, with points between the corners so that no edge is longer than a quarter turn; programs that
// draw on a globe take the shorter way of a long one.
//
// Costs a sort of the crossings of each cut. Thread-safe: no state.
#pragma once

#include <span>
#include <vector>

#include "model/agreement.h"

namespace comity::geometry {

using MapRing = std::vector<model::Point>;

std::vector<MapRing> map_rings(std::span<model::Point const> ring);

// Longitudes run eastward from `west` to `east`, over the antimeridian if west > east.
struct MapBox {
  int32_t south_e7 = 0, north_e7 = 0, west_e7 = 0, east_e7 = 0;
};
std::vector<MapRing> map_rings(MapBox const& box);

}  // namespace comity::geometry
