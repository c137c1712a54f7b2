// A corridor as polygons, one for each leg between two way-points: what geometry compares of whoever says a way and a width.
//
// A leg is the geodesic on WGS84 between its way-points; every point of the earth that lies within the half width of it lies inside
// its ring or on it. So the ends are round, and legs that meet at a way-point both hold the circle around it. The ring is wider by
// half a per cent at most, and some metres at high latitudes; it is simple, and its edges are those of model::Extent. Two way-points
// less than a metre apart are a leg too: the circle around them, for whoever halts.
//
// Errors: bad_input for a way-point that is none, fewer than two of them, more than limits::way_points, a half width below a metre, and a leg that comes nearer
// to a pole than a degree; too_large for a half width beyond limits::circle_m and a leg longer than limits::corridor_leg_m. An error of a
// leg has the JSON pointer of the way-point at its end, within the list. Pure; any thread. Some 50 µs for a leg of ten kilometres, some
// 200 µs for the longest.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "model/agreement.h"

namespace comity::earth {

Result<std::vector<std::vector<model::Point>>> rings_along(std::span<model::Point const> way_points,
                                                           int64_t half_width_mm);

}  // namespace comity::earth
