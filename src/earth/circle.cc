#include "earth/circle.h"

#include <cmath>
#include <numbers>

#include "base/limits.h"
#include "earth/outward.h"

namespace comity::earth {

Result<std::vector<model::Point>> ring_around(model::Point const& centre, int64_t radius_mm) {
  if (!is_on_earth(centre)) return fail(ErrorCode::bad_input, "a centre outside of the coordinate range");
  if (radius_mm < 1'000) return fail(ErrorCode::bad_input, "the radius must be at least a metre");
  if (radius_mm > int64_t{limits::circle_m} * 1'000)
    return fail(ErrorCode::too_large,
                "the radius may be at most " + std::to_string(limits::circle_m) + " metres");
  LatLng const middle = degrees_of(centre);
  double const radius_m = static_cast<double>(radius_mm) / 1'000;
  double const farthest_m = radius_m * 1.02 + 1, metres_of_a_degree = 110'000;
  double const edge_m = 2 * farthest_m * std::sin(std::numbers::pi / corners);
  double const reach_m =
      reach_of(radius_m, edge_m, std::abs(middle.latitude) + farthest_m / metres_of_a_degree);
  std::vector<model::Point> ring;
  ring.reserve(corners);
  for (int i = 0; i < corners; ++i) ring.push_back(TRY(vertex_at(middle, i * 360.0 / corners, reach_m)));
  return ring;
}

}  // namespace comity::earth
