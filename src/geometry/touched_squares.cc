#include "geometry/touched_squares.h"

#include <algorithm>

#include "geometry/floor_division.h"

namespace comity::geometry {
namespace {

// Whole units of x, from the first to the last.
struct Units {
  int64_t first = 0, last = 0;
  auto operator<=>(Units const&) const = default;
};

// An edge from south to north, and where it is at a latitude: a fraction, whose floor or ceiling is asked for.
class Climb {
 public:
  explicit Climb(Edge const& edge)
      : low_(edge.from.y <= edge.to.y ? edge.from : edge.to),
        high_(edge.from.y <= edge.to.y ? edge.to : edge.from) {}

  Place low() const { return low_; }
  Place high() const { return high_; }
  int64_t floor_at(int64_t y) const {
    return low_.x + static_cast<int64_t>(floor_division(along(y), Wide{high_.y - low_.y}));
  }
  int64_t ceiling_at(int64_t y) const {
    return low_.x + static_cast<int64_t>(ceiling_division(along(y), Wide{high_.y - low_.y}));
  }

 private:
  Wide along(int64_t y) const { return Wide{high_.x - low_.x} * (y - low_.y); }
  Place low_, high_;
};

class Touched {
 public:
  Touched(Outline const& outline, Reach widened_by, int64_t cell, size_t most)
      : outline_(outline), by_(widened_by), cell_(cell), most_(most) {}

  std::optional<std::vector<Square>> squares() {
    int32_t const first = row_of(outline_.box().south - by_.y), last = row_of(outline_.box().north + by_.y);
    if (outline_.edges() == 0) return std::move(squares_);
    if (static_cast<size_t>(last - first) >= most_) return {};  // each row has a square
    auto const climbs = climbs_from_the_south();
    size_t next = 0;
    for (int32_t row = first; row <= last; ++row) {
      std::erase_if(passing_, [&](Climb const& climb) { return row_of(climb.high().y + by_.y) < row; });
      for (; next < climbs.size() && row_of(climbs[next].low().y - by_.y) <= row; ++next)
        passing_.push_back(climbs[next]);
      if (!take_row(row)) return {};
    }
    return std::move(squares_);
  }

 private:
  std::vector<Climb> climbs_from_the_south() const {
    std::vector<Climb> climbs;
    climbs.reserve(outline_.edges());
    for (size_t i = 0; i < outline_.edges(); ++i) climbs.emplace_back(outline_.edge(i));
    std::ranges::sort(climbs, {}, [](Climb const& climb) { return climb.low().y; });
    return climbs;
  }

  int32_t row_of(int64_t y) const {
    return static_cast<int32_t>(floor_division(std::clamp(y, -pole_e7, pole_e7), cell_));
  }

  bool take_row(int32_t row) {
    units_.clear();
    crossings_.clear();
    int64_t const from = row * cell_ - by_.y, end = (row + int64_t{1}) * cell_ + by_.y;
    for (Climb const& climb : passing_) {
      take_piece(climb, from, end);
      if (climb.low().y <= from && climb.high().y > from) crossings_.push_back(climb.floor_at(from));
    }
    // A slice just north of `from`, so that a corner on it counts once or twice as it must.
    std::ranges::sort(crossings_);
    for (size_t i = 0; i + 1 < crossings_.size(); i += 2) take_units(crossings_[i], crossings_[i + 1]);
    if (touches_pole(row)) units_.push_back({-half_turn_e7, half_turn_e7 - 1});
    return take_columns(row);
  }

  bool touches_pole(int32_t row) const {
    return (outline_.reaches_north_pole() && row == row_of(pole_e7)) ||
           (outline_.reaches_south_pole() && row == row_of(-pole_e7));
  }

  // The piece of an edge in the strip. Where the strip's end cuts it, the end itself is out: going east, the unit that begins
  // right there is not touched.
  void take_piece(Climb const& climb, int64_t from, int64_t end) {
    int64_t const low = climb.low().y < from ? climb.floor_at(from) : climb.low().x;
    int64_t high = climb.high().x;
    if (climb.high().y >= end) high = climb.low().x < high ? climb.ceiling_at(end) - 1 : climb.floor_at(end);
    take_units(std::min(low, high), std::max(low, high));
  }

  // Widened, and with the longitudes that places have: from -180 to the unit before 180.
  void take_units(int64_t first, int64_t last) {
    constexpr int64_t west = -half_turn_e7, east = half_turn_e7 - 1;
    first -= by_.x, last += by_.x;
    if (last - first >= turn_e7 - 1) return units_.push_back({west, east});
    int64_t const turns = floor_division(first - west, turn_e7) * turn_e7;
    first -= turns, last -= turns;
    units_.push_back({first, std::min(last, east)});
    if (last > east) units_.push_back({west, last - turn_e7});
  }

  // Says whether there was room for them.
  bool take_columns(int32_t row) {
    std::ranges::sort(units_);
    int64_t next = INT64_MIN;  // the first column that is not there yet
    for (Units const& units : units_) {
      int64_t const first = std::max(next, floor_division(units.first, cell_));
      int64_t const last = floor_division(units.last, cell_);
      if (last < first) continue;
      if (static_cast<size_t>(last - first) >= most_ - squares_.size()) return false;
      for (next = first; next <= last; ++next) squares_.push_back({row, static_cast<int32_t>(next)});
    }
    return true;
  }

  Outline const& outline_;
  Reach by_;
  int64_t cell_;
  size_t most_;
  std::vector<Climb> passing_;      // the edges that have a piece in the row's strip
  std::vector<Units> units_;        // what the row touches
  std::vector<int64_t> crossings_;  // where the slice enters or leaves the outline: the unit
  std::vector<Square> squares_;
};

}  // namespace

std::optional<std::vector<Square>> touched_squares(Outline const& outline, Reach widened_by, int64_t cell,
                                                   size_t most) {
  return Touched(outline, widened_by, cell, most).squares();
}

}  // namespace comity::geometry
