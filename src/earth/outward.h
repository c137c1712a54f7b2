// Where the vertices of a ring have to stand so that no edge of it cuts off what the ring is to hold. Inside this room: circle.h and
// corridor.h.
//
// Three things pull an edge inward, and a vertex stands farther out by all of them:
//   the chord     between neighbours on a circle of 32 corners lies nearer to the middle by the cosine of half their angle
//   the map       an edge is straight in (longitude, latitude), which is no geodesic: its geodesic curvature is at most 1.089 tan(latitude)
//                 / radius of the earth, so it leaves the geodesic by an eighth of that times the square of its length
//   rounding      to 1e-7 degree moves a vertex by less than 8 mm
//
// Above 89 degrees of latitude the second grows beyond use: vertices there are an error (bad_input). Metres and degrees. Pure; any
// thread.
#pragma once

#include "base/result.h"
#include "earth/cells.h"
#include "model/agreement.h"

namespace comity::earth {

inline constexpr int corners = 32;  // of a whole circle: at most half a per cent wider than it

bool is_on_earth(model::Point const& point);
LatLng degrees_of(model::Point const& point);

// `edge_m`: how long an edge may be; `latitude`: the highest that the ring comes to.
double reach_of(double radius_m, double edge_m, double latitude);

// The vertex in that direction (degrees clockwise from north) at that distance.
Result<model::Point> vertex_at(LatLng const& middle, double azimuth, double reach_m);

}  // namespace comity::earth
