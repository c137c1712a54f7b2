#include "earth/cells.h"

#include <s2/s2cap.h>
#include <s2/s2cell_id.h>
#include <s2/s2error.h>
#include <s2/s2latlng.h>
#include <s2/s2loop.h>
#include <s2/s2polyline.h>
#include <s2/s2region_coverer.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/limits.h"
#include "earth/edges.h"

namespace comity::earth {
namespace {

constexpr int level = 13;
constexpr double earth_radius_m = 6'371'010;
constexpr double earth_km2 = 510'072'000;
constexpr double most_km2 = 2'500;
constexpr double no_area = 1e-15;  // steradians: some 0.04 m²

std::vector<model::Cell> cover(S2Region const& region) {
  S2RegionCoverer::Options options;
  options.set_fixed_level(level);
  S2RegionCoverer coverer(options);
  std::vector<S2CellId> found;
  coverer.GetCovering(region, &found);
  std::vector<model::Cell> cells;
  cells.reserve(found.size());
  for (S2CellId const id : found) cells.push_back(static_cast<model::Cell>(id.id() >> 32));
  sort_cells(cells);
  return cells;
}

bool is_on_earth(LatLng const& point) {
  return std::abs(point.latitude) <= 90 && std::abs(point.longitude) <= 180;  // false for NaN
}

S2Point point_of(LatLng const& place) {
  return S2LatLng::FromDegrees(place.latitude, place.longitude).Normalized().ToPoint();
}

std::vector<model::Cell> cover_line(std::vector<S2Point> points) {
  points.push_back(points.front());
  auto const same = std::unique(points.begin(), points.end());
  points.erase(same, points.end());
  return cover(S2Polyline(points, S2Debug::DISABLE));
}

}  // namespace

void sort_cells(std::vector<model::Cell>& cells) {
  std::ranges::sort(cells);
  auto const repeated = std::ranges::unique(cells);
  cells.erase(repeated.begin(), repeated.end());
}

static Result<std::vector<model::Cell>> cells_within(std::vector<LatLng> const& ring) {
  std::vector<S2Point> points;
  points.reserve(ring.size());
  for (LatLng const& place : ring) {
    if (!is_on_earth(place)) return fail(ErrorCode::bad_input, "a vertex outside of the coordinate range");
    points.push_back(point_of(place));
  }
  S2Loop loop;
  loop.set_s2debug_override(S2Debug::DISABLE);
  loop.Init(points);
  S2Error error;
  if (loop.FindValidationError(&error)) return fail(ErrorCode::bad_input, "a polygon that is not simple");
  loop.Normalize();
  double const area = loop.GetArea();
  if (area < no_area || area > 4 * M_PI - no_area) return cover_line(std::move(points));
  if (area * earth_km2 / (4 * M_PI) > most_km2) return fail(ErrorCode::too_large, "the area is too large");
  return cover(loop);
}

template <class Place>
static Result<void> check_size(std::vector<Place> const& ring) {
  if (ring.size() < 3) return fail(ErrorCode::bad_input, "a polygon needs three vertices or more");
  if (ring.size() > limits::ring_vertices)
    return fail(ErrorCode::bad_input, "a polygon of too many vertices");
  return {};
}

Result<std::vector<model::Cell>> cells_of(std::vector<LatLng> const& ring) {
  if (auto const fine = check_size(ring); !fine) return std::unexpected(fine.error());
  return cells_within(ring);
}

Result<std::vector<model::Cell>> cells_of(std::vector<model::Point> const& ring) {
  if (auto const fine = check_size(ring); !fine) return std::unexpected(fine.error());
  auto const places = bent(ring);
  if (!places) return std::unexpected(places.error());
  return cells_within(*places);
}

Result<std::vector<model::Cell>> cells_of(Circle const& circle) {
  if (!is_on_earth(circle.centre))
    return fail(ErrorCode::bad_input, "a centre outside of the coordinate range");
  if (!(circle.radius_m > 0)) return fail(ErrorCode::bad_input, "the radius must be larger than zero");
  if (circle.radius_m > limits::circle_m) return fail(ErrorCode::too_large, "the area is too large");
  return cover(S2Cap(point_of(circle.centre), S1Angle::Radians(circle.radius_m / earth_radius_m)));
}

Result<std::vector<model::Cell>> cells_around(LatLng const& centre, std::vector<LatLng> const& ring) {
  S2Cap cap = S2Cap::FromPoint(point_of(centre));
  for (LatLng const& place : ring) cap.AddPoint(point_of(place));
  // A circle's ring is half a per cent wider than it, and degrees are up to another half longer than on this sphere.
  if (cap.GetRadius().radians() * earth_radius_m > limits::circle_m * 1.015)
    return fail(ErrorCode::too_large, "the area is too large");
  return cover(cap);
}

}  // namespace comity::earth
