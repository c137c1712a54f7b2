#include "geometry/snapped.h"

#include <algorithm>
#include <bit>

#include "base/ensure.h"
#include "geometry/earth.h"
#include "geometry/floor_division.h"
#include "geometry/touched_squares.h"

namespace comity::geometry {
namespace {

constexpr int64_t most_step = int64_t{1} << 30;
constexpr int64_t mm_per_m = 1'000, us_per_s = 1'000'000;

bool is_step(int64_t step) {
  return step >= 1 && step <= most_step && std::has_single_bit(static_cast<uint64_t>(step));
}

int64_t step_of(Wide amount, Wide step) { return static_cast<int64_t>(floor_division(amount, step)); }

Steps altitude_steps(model::Extent const& extent, int64_t vertical_mm, Grid const& grid) {
  int64_t const half = half_of(vertical_mm), step = grid.altitude_m * mm_per_m;
  Steps steps;
  if (extent.low_mm != model::lowest_mm) steps.first = step_of(Wide{extent.low_mm} - half, step);
  if (extent.high_mm != model::highest_mm) steps.last = step_of(Wide{extent.high_mm} + half, step);
  return steps;
}

Steps time_steps(model::Extent const& extent, int64_t time_us, Grid const& grid) {
  int64_t const half = half_of(time_us), step = grid.time_s * us_per_s;
  Steps steps;
  if (extent.from != model::earliest) steps.first = step_of(Wide{extent.from.us} - half, step);
  if (extent.until != model::latest) steps.last = step_of(Wide{extent.until.us} + half, step);
  return steps;
}

Steps shared_steps(Steps a, Steps b) { return {std::max(a.first, b.first), std::min(a.last, b.last)}; }
bool have_any(Steps steps) { return steps.first <= steps.last; }

// Calls `look` for each square that both have, in order, until one call says yes; says whether one did.
template <class Look>
bool for_shared_squares(Snapped const& a, Snapped const& b, Look look) {
  for (auto mine = a.squares.begin(), other = b.squares.begin();
       mine != a.squares.end() && other != b.squares.end();) {
    if (*mine < *other) {
      mine = std::lower_bound(mine, a.squares.end(), *other);
    } else if (*other < *mine) {
      other = std::lower_bound(other, b.squares.end(), *mine);
    } else {
      if (look(*mine)) return true;
      ++mine, ++other;
    }
  }
  return false;
}

// Sets west and east around columns, which are sorted and some: what is left out is the widest gap.
void bound_columns(std::vector<int32_t> const& columns, Shared& shared) {
  int64_t const cell = shared.grid.cell_e7;
  int64_t const all = floor_division(half_turn_e7 - 1, cell) - floor_division(-half_turn_e7, cell) + 1;
  int64_t widest = columns.front() + all - columns.back();  // over the antimeridian
  shared.west = columns.front(), shared.east = columns.back();
  for (size_t i = 1; i < columns.size(); ++i)
    if (int64_t const gap = int64_t{columns[i]} - columns[i - 1]; gap > widest) {
      widest = gap;
      shared.west = columns[i], shared.east = columns[i - 1];
    }
}

}  // namespace

// The box around a disc, anywhere on the footprint. Along parallels it takes each step for 2 nm less than least_in() says.
// That makes up for roundings there, so that two boxes always cover what separation.cc finds within reach: of two
// footprints it asks at most half way between the latitudes asked here, and the length of a step is concave.
Reach widening(Outline const& outline, int64_t horizontal_mm) {
  int64_t const half_nm = half_of(horizontal_mm) * nm_per_mm;
  if (half_nm == 0) return {};
  int64_t const steps = steps_covering(half_nm);
  int64_t const step_nm =
      least_in({outline.box().south - steps, outline.box().north + steps}).along_parallel_nm - 2;
  if (step_nm <= 0) return {half_turn_e7, steps};
  return {std::min(half_turn_e7, ceiling_division(half_nm, step_nm)), steps};
}

bool in_range(Grid const& grid) {
  return is_step(grid.cell_e7) && is_step(grid.altitude_m) && is_step(grid.time_s);
}

std::expected<Snapped, SnapFault> snap(model::Extent const& extent, Separation const& separation,
                                       Grid const& grid, size_t most_squares) {
  ensure(in_range(separation) && in_range(grid));
  Outline const outline(extent.ring);
  Reach const box = widening(outline, separation.horizontal_mm);
  auto squares = touched_squares(outline, box, grid.cell_e7, most_squares);
  if (!squares) return std::unexpected(SnapFault::too_many_squares);
  return Snapped{grid, std::move(*squares), altitude_steps(extent, separation.vertical_mm, grid),
                 time_steps(extent, separation.time_us, grid)};
}

bool meet(Snapped const& a, Snapped const& b) {
  ensure(a.grid == b.grid);
  return have_any(shared_steps(a.altitude, b.altitude)) && have_any(shared_steps(a.time, b.time)) &&
         for_shared_squares(a, b, [](Square) { return true; });
}

std::optional<Shared> shared(Snapped const& a, Snapped const& b) {
  if (!meet(a, b)) return {};
  Shared found{
      .grid = a.grid, .altitude = shared_steps(a.altitude, b.altitude), .time = shared_steps(a.time, b.time)};
  std::vector<int32_t> columns;
  found.south = INT32_MAX, found.north = INT32_MIN;
  for_shared_squares(a, b, [&](Square square) {
    found.south = std::min(found.south, square.row), found.north = std::max(found.north, square.row);
    columns.push_back(square.column);
    return false;
  });
  std::ranges::sort(columns);
  bound_columns(columns, found);
  return found;
}

std::vector<Square> shared_squares(Snapped const& a, Snapped const& b) {
  std::vector<Square> both;
  std::ranges::set_intersection(a.squares, b.squares, std::back_inserter(both));
  return both;
}

bool touches(Square square, int64_t cell, Outline const& area) {
  auto const edge = [](int64_t place, int64_t bound) {
    return static_cast<int32_t>(std::clamp(place, -bound, bound));
  };
  int32_t const south = edge(square.row * cell, pole_e7), north = edge((square.row + 1) * cell, pole_e7);
  int32_t const west = edge(square.column * cell, half_turn_e7),
                east = edge((square.column + 1) * cell, half_turn_e7);
  model::Point const corners[] = {{west, south}, {east, south}, {east, north}, {west, north}};
  return footprints_within(Outline(corners), area, 0);
}

}  // namespace comity::geometry
