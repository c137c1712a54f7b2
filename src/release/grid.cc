#include "release/grid.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>

#include "base/limits.h"

namespace comity::release {
namespace {

constexpr int64_t pole_e7 = 900'000'000, date_line_e7 = 1'800'000'000;
constexpr int64_t e7_per_grid_metre = 128;

// The k-th entry is the highest latitude at which 128·2^k e7 of a parallel are still a metre long (of 111,319.49 m to a
// degree at the equator): acos(1 / (1.42489 · 2^k)).
constexpr int64_t wide_enough_to_e7[] = {
    454'276'933, 694'573'571, 798'950'252, 849'671'951, 874'860'257, 887'433'153, 893'716'954,
    896'858'524, 898'429'268, 899'214'634, 899'607'317, 899'803'658, 899'901'829, 899'950'914,
    899'975'457, 899'987'728, 899'993'864, 899'996'932, 899'998'466, 899'999'233, 899'999'616};

int64_t floor_to(int64_t value, int64_t step) {
  int64_t const rest = value % step;
  return value - (rest < 0 ? rest + step : rest);
}

int64_t cell_size(uint32_t grid_m) {
  return e7_per_grid_metre * std::bit_ceil(std::clamp(grid_m, 1u, limits::coarsest_grid_m));
}

// Millionths of the length of a degree of the equator that a degree of this parallel has at most: cos x <= pi/2 - x.
int64_t parallel_ppm(int64_t latitude_e7) {
  int64_t const to_pole_e7 = pole_e7 - std::abs(latitude_e7);
  return std::min<int64_t>(1'000'000, to_pole_e7 * 17'453'293 / 10'000'000'000 + 1);
}

uint32_t reach_m(Cell const& cell) {
  constexpr double metres_per_e7 = 0.01117;  // of a meridian at the poles, where it is longest
  int64_t const nearest_equator = std::min(std::abs(cell.south_e7), std::abs(cell.north_e7));
  double const up = static_cast<double>(cell.north_e7 - cell.south_e7) / 2 * metres_per_e7;
  double const across = static_cast<double>(cell.east_e7 - cell.west_e7) / 2 * metres_per_e7 *
                        static_cast<double>(parallel_ppm(nearest_equator)) / 1e6;
  return static_cast<uint32_t>(std::sqrt(up * up + across * across)) + 1;
}

}  // namespace

Cell cell_of(model::Point point, uint32_t grid_m) {
  int64_t const size = cell_size(grid_m);
  int64_t const latitude = std::clamp<int64_t>(point.latitude_e7, -pole_e7, pole_e7 - 1);
  int64_t const longitude = std::clamp<int64_t>(point.longitude_e7, -date_line_e7, date_line_e7 - 1);
  int64_t const south = floor_to(latitude, size), north = south + size;
  Cell cell{std::max(south, -pole_e7), std::min(north, pole_e7), -date_line_e7, date_line_e7};
  int64_t const edge = std::max(std::abs(south), std::abs(north));
  auto const* const enough = std::ranges::lower_bound(wide_enough_to_e7, edge);
  if (enough == std::end(wide_enough_to_e7)) return cell;
  int64_t const width = size << (enough - std::begin(wide_enough_to_e7));
  int64_t const west = floor_to(longitude, width);
  cell.west_e7 = std::max(west, -date_line_e7);
  cell.east_e7 = std::min(west + width, date_line_e7);
  return cell;
}

Snapped snapped(model::Point point, uint32_t grid_m) {
  Cell const cell = cell_of(point, grid_m);
  return {{static_cast<int32_t>((cell.west_e7 + cell.east_e7) / 2),
           static_cast<int32_t>((cell.south_e7 + cell.north_e7) / 2)},
          reach_m(cell)};
}

UtcTime rounded_down(UtcTime time, Duration step) {
  constexpr UtcTime first{-62'135'596'800'000'000};  // 0001-01-01T00:00:00Z
  return std::max(first, UtcTime{floor_to(time.us, step.us)});
}

}  // namespace comity::release
