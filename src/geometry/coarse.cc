#include "geometry/coarse.h"

#include <algorithm>

#include "geometry/floor_division.h"

namespace comity::geometry {
namespace {

constexpr int64_t rows_below = 512, columns_before = 1'024;
constexpr int64_t first_column = floor_division(-half_turn_e7, coarse_e7);
constexpr int64_t last_column = floor_division(half_turn_e7 - 1, coarse_e7);

model::Cell square_at(int64_t row, int64_t column) {
  return static_cast<model::Cell>((row + rows_below) << 16 | (column + columns_before));
}

// Squares of columns between two longitudes, both in [-180, 180).
void add_columns(std::vector<model::Cell>& cells, int64_t row, int64_t west, int64_t east) {
  for (int64_t column = floor_division(west, coarse_e7); column <= floor_division(east, coarse_e7); ++column)
    cells.push_back(square_at(row, std::clamp(column, first_column, last_column)));
}

// Longitude as [-180, 180).
int64_t turned_back(int64_t x) { return x - floor_division(x + half_turn_e7, turn_e7) * turn_e7; }

void add_box(std::vector<model::Cell>& cells, Box const& box) {
  int64_t const first = floor_division(std::max(box.south, -pole_e7), coarse_e7);
  int64_t const last = floor_division(std::min(box.north, pole_e7), coarse_e7);
  bool const all_round = box.east - box.west >= turn_e7;
  int64_t const west = turned_back(box.west), east = turned_back(box.east);
  for (int64_t row = first; row <= last && cells.size() <= most_coarse; ++row) {
    if (all_round) {
      add_columns(cells, row, -half_turn_e7, half_turn_e7 - 1);
    } else if (west <= east) {
      add_columns(cells, row, west, east);
    } else {
      add_columns(cells, row, west, half_turn_e7 - 1);
      add_columns(cells, row, -half_turn_e7, east);
    }
  }
}

int32_t lower(int32_t mm, int64_t by) {
  return mm == model::lowest_mm ? mm : static_cast<int32_t>(std::max<int64_t>(mm - by, model::lowest_mm));
}
int32_t higher(int32_t mm, int64_t by) {
  return mm == model::highest_mm ? mm : static_cast<int32_t>(std::min<int64_t>(mm + by, model::highest_mm));
}
UtcTime earlier(UtcTime time, int64_t by) {
  return time.us < model::earliest.us + by ? model::earliest : UtcTime{time.us - by};
}
UtcTime later(UtcTime time, int64_t by) {
  return time.us > model::latest.us - by ? model::latest : UtcTime{time.us + by};
}

model::Hull hull_of(std::span<model::Extent const> extents, Look const& look) {
  model::Hull hull{{}, model::latest, model::earliest, model::highest_mm, model::lowest_mm};
  for (model::Extent const& extent : extents) {
    Outline const outline(extent.ring);
    Reach const reach = widening(outline, 2 * look.horizontal_mm);
    Box box = outline.box();
    box.south -= reach.y + 2 * look.cell_e7, box.north += reach.y + 2 * look.cell_e7;
    box.west -= reach.x + 2 * look.cell_e7, box.east += reach.x + 2 * look.cell_e7;
    add_box(hull.cells, box);
    hull.low_mm = std::min(hull.low_mm, lower(extent.low_mm, look.vertical_mm));
    hull.high_mm = std::max(hull.high_mm, higher(extent.high_mm, look.vertical_mm));
    hull.from = std::min(hull.from, earlier(extent.from, look.time_us));
    hull.until = std::max(hull.until, later(extent.until, look.time_us));
  }
  std::ranges::sort(hull.cells);
  auto const repeated = std::ranges::unique(hull.cells);
  hull.cells.erase(repeated.begin(), repeated.end());
  return hull;
}

}  // namespace

Look farther(Look const& a, Look const& b) {
  return {std::max(a.horizontal_mm, b.horizontal_mm), std::max(a.cell_e7, b.cell_e7),
          std::max(a.vertical_mm, b.vertical_mm), std::max(a.time_us, b.time_us)};
}

Look look_for(Separation const& separation, Grid const& grid) {
  constexpr int64_t mm_per_m = 1'000, us_per_s = 1'000'000;
  return {separation.horizontal_mm + 2, grid.cell_e7,
          separation.vertical_mm + 2 + 2 * grid.altitude_m * mm_per_m,
          separation.time_us + 2 + 2 * grid.time_s * us_per_s};
}

model::Hull coarse_hull(std::span<model::Extent const> extents) {
  model::Hull hull = hull_of(extents, {});
  if (hull.cells.size() > most_coarse) hull.cells = {everywhere};
  return hull;
}

model::Hull coarse_hull(std::span<model::Extent const> extents, Look const& look) {
  model::Hull hull = hull_of(extents, look);
  hull.cells.push_back(everywhere);
  return hull;
}

}  // namespace comity::geometry
