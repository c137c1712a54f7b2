#include "earth/outward.h"

#include <GeographicLib/Geodesic.hpp>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace comity::earth {
namespace {

constexpr double per_degree = 1e7;
constexpr double highest_latitude = 89;
constexpr double least_radius_m = 6'330'000;  // of curvature, anywhere on the ellipsoid
constexpr double of_the_map = 1.2;            // 1.089, and what the ellipsoid differs from a sphere
constexpr double of_rounding_m = 0.02;
constexpr double of_the_ellipsoid = 1 + 2e-6;  // of a chord of 50 km, against one on a sphere

double tangent_of(double latitude) {
  return std::tan(std::min(std::abs(latitude), highest_latitude) * std::numbers::pi / 180);
}

}  // namespace

bool is_on_earth(model::Point const& point) {
  return std::abs(int64_t{point.latitude_e7}) <= 900'000'000 &&
         std::abs(int64_t{point.longitude_e7}) <= 1'800'000'000;
}

LatLng degrees_of(model::Point const& point) {
  return {point.latitude_e7 / per_degree, point.longitude_e7 / per_degree};
}

double reach_of(double radius_m, double edge_m, double latitude) {
  double const off_the_geodesic = of_the_map * tangent_of(latitude) * edge_m * edge_m / (8 * least_radius_m);
  return (radius_m + off_the_geodesic + of_rounding_m) * of_the_ellipsoid /
         std::cos(std::numbers::pi / corners);
}

Result<model::Point> vertex_at(LatLng const& middle, double azimuth, double reach_m) {
  double latitude = 0, longitude = 0;
  GeographicLib::Geodesic::WGS84().Direct(middle.latitude, middle.longitude, azimuth, reach_m, latitude,
                                          longitude);
  if (std::abs(latitude) > highest_latitude)
    return fail(ErrorCode::bad_input, "comes nearer to a pole than a degree: give a polygon");
  return model::Point{static_cast<int32_t>(std::lround(longitude * per_degree)),
                      static_cast<int32_t>(std::lround(latitude * per_degree))};
}

}  // namespace comity::earth
