// Edges that are geodesics (F3548, S2) as edges that are straight in (longitude, latitude) (geometry/, native filings).
//
// A long edge far from the equator runs tens of metres beside its twin of the other kind: 50 km at 60 degrees north, 85 m. So a
// footprint that is given in one kind and compared or told in the other gets points along its edges, as many as keep the two within `near_m`.
// What is short or near the equator gets none. An edge goes the shorter way round in longitude.
//
// Errors: too_large where more points than limits::ring_vertices (of straight edges, which are kept) or most_places would be needed, as for
// edges of hundreds or thousands of kilometres far from the equator. Computes in floats, as earth/cells.h. Pure; any thread.
#pragma once

#include <vector>

#include "base/result.h"
#include "earth/cells.h"
#include "model/agreement.h"

namespace comity::earth {

inline constexpr double near_m = 0.05;

// From geodesic edges: points for straight ones, rounded to 1e-7 degree, none twice in a row.
Result<std::vector<model::Point>> straightened(std::vector<LatLng> const& ring);
// From straight edges: places for geodesic ones, rounded likewise.
inline constexpr size_t most_places = 16'000;
Result<std::vector<LatLng>> bent(std::vector<model::Point> const& ring);

}  // namespace comity::earth
