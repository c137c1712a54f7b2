// A circle as the polygon around it: what geometry compares of whoever says a centre and a radius (40-deconfliction).
//
// The circle is that of all points whose geodesic to the centre on WGS84 is as long as the radius, and every one of them lies inside
// the ring or on it: the ring is larger by half a per cent at most, and some metres where the radius is tens of kilometres. It has 32
// vertices, is simple, goes clockwise, and its edges are those of model::Extent, straight in (longitude, latitude). Across the antimeridian it
// is as good as anywhere.
//
// Errors: bad_input for a centre that is none and for a circle that comes nearer to a pole than a degree, where such edges are no
// good; too_large beyond limits::circle_m; a radius below a metre is bad_input, since 1e-7 degree is 11 mm. The same centre and radius give
// the same ring with one version of the library; a record keeps the ring it was ruled on. Pure; any thread. Some 20 µs.
#pragma once

#include <vector>

#include "base/result.h"
#include "model/agreement.h"

namespace comity::earth {

Result<std::vector<model::Point>> ring_around(model::Point const& centre, int64_t radius_mm);

}  // namespace comity::earth
