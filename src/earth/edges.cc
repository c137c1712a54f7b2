#include "earth/edges.h"

#include <s2/s2edge_distances.h>
#include <s2/s2latlng.h>
#include <s2/s2point.h>

#include <algorithm>
#include <cmath>

#include "base/limits.h"

namespace comity::earth {
namespace {

constexpr double earth_m = 6'371'010, degree_e7 = 1e7;

S2Point point_of(LatLng const& place) {
  return S2LatLng::FromDegrees(place.latitude, place.longitude).Normalized().ToPoint();
}

// Into how many pieces an edge is to be cut: its two kinds part by about length² tan(latitude) / 8R, and a piece of one n-th by one n²-th
// of that. Twice that is allowed for.
size_t pieces(LatLng const& a, LatLng const& b) {
  constexpr double eighth = 8, allowance = 2, nearest_pole = 89.9;
  double const angle = S2LatLng::FromDegrees(a.latitude, a.longitude)
                           .GetDistance(S2LatLng::FromDegrees(b.latitude, b.longitude))
                           .radians();
  double const latitude = std::min(std::max(std::abs(a.latitude), std::abs(b.latitude)), nearest_pole);
  double const apart = allowance * earth_m * angle * angle / eighth * std::tan(latitude * M_PI / 180);
  double const count = std::ceil(std::sqrt(apart / near_m));
  return static_cast<size_t>(std::clamp(count, 1.0, 1.0 * most_places + 1));
}

model::Point rounded(S2Point const& point) {
  S2LatLng const place(point);
  return {static_cast<int32_t>(std::lround(place.lng().degrees() * degree_e7)),
          static_cast<int32_t>(std::lround(place.lat().degrees() * degree_e7))};
}

double rounded_degrees(double degrees) {
  return static_cast<double>(std::lround(degrees * degree_e7)) / degree_e7;
}

constexpr char too_long[] = "edges that are too long so far from the equator";

}  // namespace

Result<std::vector<LatLng>> bent(std::vector<model::Point> const& ring) {
  std::vector<LatLng> out;
  auto const degrees = [](model::Point point) {
    return LatLng{point.latitude_e7 / degree_e7, point.longitude_e7 / degree_e7};
  };
  for (size_t i = 0; i < ring.size(); ++i) {
    LatLng const a = degrees(ring[i]), b = degrees(ring[(i + 1) % ring.size()]);
    size_t const count = pieces(a, b);
    if (out.size() + count > most_places) return fail(ErrorCode::too_large, too_long);
    double const north = b.latitude - a.latitude, east = std::remainder(b.longitude - a.longitude, 360.0);
    out.push_back(a);
    for (size_t k = 1; k < count; ++k) {
      double const part = static_cast<double>(k) / static_cast<double>(count);
      out.push_back({rounded_degrees(a.latitude + north * part),
                     rounded_degrees(std::remainder(a.longitude + east * part, 360.0))});
    }
  }
  return out;
}

Result<std::vector<model::Point>> straightened(std::vector<LatLng> const& ring) {
  std::vector<model::Point> out;
  auto const add = [&](model::Point point) {
    if (out.empty() || out.back() != point) out.push_back(point);
  };
  for (size_t i = 0; i < ring.size(); ++i) {
    LatLng const &a = ring[i], &b = ring[(i + 1) % ring.size()];
    size_t const count = pieces(a, b);
    if (out.size() + count > limits::ring_vertices) return fail(ErrorCode::too_large, too_long);
    add({static_cast<int32_t>(std::lround(a.longitude * degree_e7)),
         static_cast<int32_t>(std::lround(a.latitude * degree_e7))});
    for (size_t k = 1; k < count; ++k)
      add(rounded(
          S2::Interpolate(point_of(a), point_of(b), static_cast<double>(k) / static_cast<double>(count))));
  }
  while (out.size() > 1 && out.front() == out.back()) out.pop_back();
  return out;
}

}  // namespace comity::earth
