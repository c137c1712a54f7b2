#include "geometry/coarse.h"

#include <algorithm>

#include "geometry/floor_division.h"
#include "geometry/touched_squares.h"

namespace comity::geometry {
namespace {

constexpr int64_t degree_e7 = 10'000'000;
// From these latitudes on the squares of a row are twice as wide as before, in degrees: about as wide as elsewhere, in metres.
constexpr int64_t wider_from_e7[] = {60 * degree_e7, 75 * degree_e7, 83 * degree_e7,
                                     86 * degree_e7, 88 * degree_e7, 89 * degree_e7};

// Squares of one size. Numbers of columns take 13 bits, those of rows 12, either size has a bit of its own.
struct Size {
  int64_t side_e7;
  model::Cell mark;
  int wider(int64_t row) const {
    int64_t const latitude = (row >= 0 ? row : -row - 1) * side_e7;
    return static_cast<int>(std::ranges::upper_bound(wider_from_e7, latitude) - std::begin(wider_from_e7));
  }
  model::Cell at(int64_t row, int64_t column) const {
    constexpr int64_t rows_below = 2'048, columns_before = 4'096;
    return mark | static_cast<model::Cell>((row + rows_below) << 13 | (column + columns_before));
  }
};
constexpr Size small{int64_t{1} << 19, model::Cell{1} << 28}, large{int64_t{1} << 22, model::Cell{1} << 29};

constexpr int64_t part_of_its_size = 16;  // more than the sixtieth that it may be compared by
constexpr int64_t most_in_a_box = 1'024;  // of a search

// Squares of columns between two longitudes, both in [-180, 180).
void add_columns(std::vector<model::Cell>& cells, Size const& size, int64_t row, int64_t west, int64_t east) {
  int64_t const width = size.side_e7 << size.wider(row);
  for (int64_t column = floor_division(west, width); column <= floor_division(east, width); ++column)
    cells.push_back(size.at(row, column));
}

// Longitude as [-180, 180).
int64_t turned_back(int64_t x) { return x - floor_division(x + half_turn_e7, turn_e7) * turn_e7; }

// Until they are more than `most`.
void add_box(std::vector<model::Cell>& cells, Size const& size, Box const& box, size_t most) {
  int64_t const first = floor_division(std::max(box.south, -pole_e7), size.side_e7);
  int64_t const last = floor_division(std::min(box.north, pole_e7), size.side_e7);
  bool const all_round = box.east - box.west >= turn_e7;
  int64_t const west = turned_back(box.west), east = turned_back(box.east);
  for (int64_t row = first; row <= last && cells.size() <= most; ++row) {
    if (all_round) {
      add_columns(cells, size, row, -half_turn_e7, half_turn_e7 - 1);
    } else if (west <= east) {
      add_columns(cells, size, row, west, east);
    } else {
      add_columns(cells, size, row, west, half_turn_e7 - 1);
      add_columns(cells, size, row, -half_turn_e7, east);
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

Box widened(Box box, Reach reach) {
  box.south -= reach.y, box.north += reach.y, box.west -= reach.x, box.east += reach.x;
  return box;
}

void take_in(Around& around, Box const& box) {
  auto const whole = [](int64_t x) {
    return static_cast<int32_t>(std::clamp<int64_t>(x, INT32_MIN, INT32_MAX));
  };
  bool const turns = box.west <= -half_turn_e7 || box.east >= half_turn_e7;
  around.west = std::min(around.west, turns ? INT32_MIN : whole(box.west));
  around.east = std::max(around.east, turns ? INT32_MAX : whole(box.east));
  around.south = std::min(around.south, whole(box.south));
  around.north = std::max(around.north, whole(box.north));
}

void add_search(std::vector<model::Cell>& cells, Size const& size, Outline const& outline, Reach reach) {
  Box const box = widened(outline.box(), reach);
  int64_t const rows = (box.north - box.south) / size.side_e7 + 1,
                columns = (box.east - box.west) / size.side_e7 + 1;
  bool const is_far_north = box.north >= wider_from_e7[0] || box.south <= -wider_from_e7[0];
  if (rows * columns <= most_in_a_box || is_far_north) return add_box(cells, size, box, SIZE_MAX);
  auto const touched = touched_squares(outline, reach, size.side_e7, SIZE_MAX);
  for (Square const& square : *touched) cells.push_back(size.at(square.row, square.column));
}

void keep_each_once(std::vector<model::Cell>& cells) {
  std::ranges::sort(cells);
  auto const repeated = std::ranges::unique(cells);
  cells.erase(repeated.begin(), repeated.end());
}

int64_t larger_side(Box const& box) { return std::max(box.north - box.south, box.east - box.west); }
int64_t margin_for(int64_t largest) { return largest / part_of_its_size + 1; }

// By how much wider the volumes are, all of them alike: of the largest.
int64_t margin_of(std::span<Outline const> outlines) {
  int64_t largest = 0;
  for (Outline const& one : outlines) largest = std::max(largest, larger_side(one.box()));
  return margin_for(largest);
}

// Of a footprint's outline, which is laid out only where it may go over the antimeridian or round a pole.
Box box_of(std::span<model::Point const> ring) {
  Box box;
  for (model::Point const point : ring) box.take_in({point.longitude_e7, point.latitude_e7});
  return box.east - box.west <= half_turn_e7 ? box : Outline(ring).box();
}

std::vector<Outline> outlines_of(std::span<model::Extent const> extents) {
  std::vector<Outline> outlines;
  outlines.reserve(extents.size());
  for (model::Extent const& extent : extents)
    if (!extent.ring.empty()) outlines.emplace_back(extent.ring);
  return outlines;
}

bool meet_in_latitude(Box const& a, Box const& b, int64_t margin) {
  return a.south <= b.north + margin && a.north >= b.south - margin;
}

Reach reach_of(Outline const& outline, Look const& look, int64_t margin) {
  Reach reach = widening(outline, 2 * look.horizontal_mm);
  reach.x += margin + 2 * look.cell_e7 + reach.x / part_of_its_size;
  reach.y += margin + 2 * look.cell_e7 + reach.y / part_of_its_size;
  return reach;
}

// Without its cells.
model::Hull hull_of(std::span<model::Extent const> extents, Look const& look) {
  model::Hull hull{{}, model::latest, model::earliest, model::highest_mm, model::lowest_mm};
  for (model::Extent const& extent : extents) {
    hull.low_mm = std::min(hull.low_mm, lower(extent.low_mm, look.vertical_mm));
    hull.high_mm = std::max(hull.high_mm, higher(extent.high_mm, look.vertical_mm));
    hull.from = std::min(hull.from, earlier(extent.from, look.time_us));
    hull.until = std::max(hull.until, later(extent.until, look.time_us));
  }
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

Coarse coarse(std::span<model::Extent const> extents) {
  Coarse made{hull_of(extents, {}), {}};
  auto const outlines = outlines_of(extents);
  int64_t const margin = margin_of(outlines);
  Reach const reach{margin, margin};
  for (Outline const& one : outlines) take_in(made.around, widened(one.box(), reach));
  model::Hull& hull = made.hull;
  for (auto const& [size, most] : {std::pair{small, most_small}, std::pair{large, most_large}}) {
    hull.cells.clear();
    for (Outline const& one : outlines)
      add_box(hull.cells, size, widened(one.box(), reach), most * extents.size());
    keep_each_once(hull.cells);
    if (hull.cells.size() <= most) return made;
  }
  hull.cells = {everywhere};
  return made;
}

Coarse coarse(std::span<model::Extent const> extents, Look const& look) {
  Coarse made{hull_of(extents, look), {}};
  auto const outlines = outlines_of(extents);
  int64_t const margin = margin_of(outlines);
  for (Outline const& one : outlines) {
    Reach const reach = reach_of(one, look, margin);
    take_in(made.around, widened(one.box(), reach));
    for (Size const& size : {small, large}) add_search(made.hull.cells, size, one, reach);
  }
  made.hull.cells.push_back(everywhere);
  keep_each_once(made.hull.cells);
  return made;
}

std::vector<Bounds> bounds_of(std::span<model::Extent const> extents, Look const& look) {
  std::vector<Bounds> all;
  auto const outlines = outlines_of(extents);
  int64_t const margin = margin_of(outlines);
  for (size_t i = 0; i < outlines.size(); ++i)
    all.push_back({widened(outlines[i].box(), reach_of(outlines[i], look, margin)),
                   lower(extents[i].low_mm, look.vertical_mm), higher(extents[i].high_mm, look.vertical_mm),
                   earlier(extents[i].from, look.time_us), later(extents[i].until, look.time_us)});
  return all;
}

bool any_near(std::span<Bounds const> bounds, std::span<model::Extent const> extents) {
  auto const in_time = [](Bounds const& a, model::Extent const& b) {
    return a.from <= b.until && a.until >= b.from && a.low_mm <= b.high_mm && a.high_mm >= b.low_mm;
  };
  auto const near = [&](Bounds const& one, model::Extent const& other, Box const& box, int64_t margin) {
    return in_time(one, other) && meet_in_latitude(one.box, box, margin) &&
           for_each_shift(one.box, box, {margin, margin}, [](int64_t) { return true; });
  };
  int64_t largest = 0;
  if (extents.size() > 1)
    for (model::Extent const& extent : extents) largest = std::max(largest, larger_side(box_of(extent.ring)));
  for (model::Extent const& extent : extents) {
    if (std::ranges::none_of(bounds, [&](Bounds const& one) { return in_time(one, extent); })) continue;
    Box const box = box_of(extent.ring);
    int64_t const margin = margin_for(std::max(largest, larger_side(box)));
    if (std::ranges::any_of(bounds, [&](Bounds const& one) { return near(one, extent, box, margin); }))
      return true;
  }
  return false;
}

}  // namespace comity::geometry
