#include "earth/corridor.h"

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/limits.h"
#include "earth/outward.h"

namespace comity::earth {
namespace {

using Ring = std::vector<model::Point>;
using GeographicLib::Geodesic;

constexpr double piece_m = 10'000;  // of a leg, between two vertices of one side

struct Station {  // a place on the leg, and which way it goes on from there
  LatLng place;
  double azimuth = 0;
};

std::vector<Station> stations_of(LatLng const& from, LatLng const& to) {
  auto const line = Geodesic::WGS84().InverseLine(from.latitude, from.longitude, to.latitude, to.longitude);
  int const pieces = std::max(1, static_cast<int>(std::ceil(line.Distance() / piece_m)));
  std::vector<Station> stations;
  for (int i = 0; i <= pieces; ++i) {
    Station here;
    line.Position(line.Distance() * i / pieces, here.place.latitude, here.place.longitude, here.azimuth);
    stations.push_back(here);
  }
  return stations;
}

double reach_beside(std::vector<Station> const& stations, double half_width_m) {
  double highest = 0;
  for (Station const& one : stations) highest = std::max(highest, std::abs(one.place.latitude));
  double const farthest_m = half_width_m * 1.02 + 1, metres_of_a_degree = 110'000, between_stations = 0.1;
  double const of_the_ends_m = 2 * farthest_m * std::sin(std::numbers::pi / corners);
  double const edge_m = std::max(piece_m * 1.05, of_the_ends_m);
  return reach_of(half_width_m, edge_m, highest + farthest_m / metres_of_a_degree + between_stations);
}

// Up the left side, round the end, down the right side, round the beginning.
Result<Ring> ring_of(std::vector<Station> const& stations, double half_width_m) {
  double const reach_m = reach_beside(stations, half_width_m);
  constexpr int half = corners / 2;
  Ring ring;
  for (Station const& one : stations) ring.push_back(TRY(vertex_at(one.place, one.azimuth - 90, reach_m)));
  Station const &first = stations.front(), &last = stations.back();
  for (int i = 1; i < half; ++i)
    ring.push_back(TRY(vertex_at(last.place, last.azimuth - 90 + i * 360.0 / corners, reach_m)));
  for (size_t i = stations.size(); i-- > 0;)
    ring.push_back(TRY(vertex_at(stations[i].place, stations[i].azimuth + 90, reach_m)));
  for (int i = 1; i < half; ++i)
    ring.push_back(TRY(vertex_at(first.place, first.azimuth + 90 + i * 360.0 / corners, reach_m)));
  return ring;
}

Result<Ring> ring_between(model::Point const& from, model::Point const& to, int64_t half_width_mm) {
  LatLng const a = degrees_of(from), b = degrees_of(to);
  double length_m = 0;
  Geodesic::WGS84().Inverse(a.latitude, a.longitude, b.latitude, b.longitude, length_m);
  if (length_m > limits::corridor_leg_m)
    return fail(ErrorCode::too_large, "a leg is at most " + std::to_string(limits::corridor_leg_m / 1'000) +
                                          " km long: put a way-point between");
  double const half_width_m = static_cast<double>(half_width_mm) / 1'000;
  if (length_m < 1) return ring_of({{a, 0}}, half_width_m + 1);
  return ring_of(stations_of(a, b), half_width_m);
}

}  // namespace

Result<std::vector<Ring>> rings_along(std::span<model::Point const> way_points, int64_t half_width_mm) {
  if (way_points.size() < 2) return fail(ErrorCode::bad_input, "a way has two way-points or more");
  if (way_points.size() > limits::way_points) return fail(ErrorCode::bad_input, "too many way-points");
  if (half_width_mm < 1'000) return fail(ErrorCode::bad_input, "the half width must be at least a metre");
  if (half_width_mm > int64_t{limits::circle_m} * 1'000)
    return fail(ErrorCode::too_large,
                "the half width may be at most " + std::to_string(limits::circle_m) + " metres");
  std::vector<Ring> rings;
  for (size_t i = 0; i < way_points.size(); ++i) {
    std::string const pointer = "/" + std::to_string(i);
    if (!is_on_earth(way_points[i]))
      return fail(ErrorCode::bad_input, "a way-point outside of the coordinate range", pointer);
    if (i == 0) continue;
    auto ring = ring_between(way_points[i - 1], way_points[i], half_width_mm);
    if (!ring) return fail(ring.error().code, ring.error().detail, pointer);
    rings.push_back(std::move(*ring));
  }
  return rings;
}

}  // namespace comity::earth
