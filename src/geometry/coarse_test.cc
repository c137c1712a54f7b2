// What meets on a clause's grid is found by squares, and passes the test by bounds: volumes of all sizes, at the antimeridian and near
// the poles, on grids so fine that large volumes are compared on longer cells, with separations from none to the longest.
#include "geometry/coarse.h"

#include <gtest/gtest.h>

#include "base/seam.h"
#include "geometry/sample_rings.h"

namespace comity::geometry {
namespace {

using model::Extent;

constexpr size_t most_squares = 512;  // few, so that much is compared on longer cells

class Chance {
 public:
  explicit Chance(uint64_t seed) : entropy_(seed) {}
  int64_t below(int64_t bound) {
    return static_cast<int64_t>(entropy_.next() % static_cast<uint64_t>(bound));
  }

  // Around one of a few places, so that much is near.
  Extent extent() {
    constexpr int64_t degree = samples::degree;
    static constexpr std::pair<int64_t, int64_t> places[] = {{8 * degree, 47 * degree},
                                                             {180 * degree - 40, 10 * degree},
                                                             {-180 * degree + 90, -3 * degree},
                                                             {20 * degree, 88 * degree},
                                                             {0, 0},
                                                             {100 * degree, -89 * degree}};
    auto const [x, y] = places[place];
    int64_t const radius = int64_t{10} << below(20);
    Extent made;
    for (model::Point const point :
         samples::round(0, 0, static_cast<int32_t>(radius), below(2) == 0 ? 4 : 12)) {
      int64_t const longitude = x + point.longitude_e7 + shift_x, latitude = y + point.latitude_e7 + shift_y;
      int64_t const turned = longitude > half_turn_e7    ? longitude - turn_e7
                             : longitude < -half_turn_e7 ? longitude + turn_e7
                                                         : longitude;
      made.ring.push_back({static_cast<int32_t>(turned),
                           static_cast<int32_t>(std::clamp(latitude, -pole_e7 + 1, pole_e7 - 1))});
    }
    made.low_mm = static_cast<int32_t>(below(100'000)),
    made.high_mm = made.low_mm + static_cast<int32_t>(below(50'000));
    made.from = UtcTime{below(1'000'000'000)}, made.until = made.from + Duration{below(500'000'000)};
    return made;
  }
  std::vector<Extent> extents() {
    std::vector<Extent> all;
    int64_t const near = int64_t{1} << below(25);
    for (int64_t count = 1 + below(3); count > 0; --count) {
      shift_x = below(near) - near / 2, shift_y = below(near) - near / 2;
      all.push_back(extent());
    }
    return all;
  }
  size_t place = 0;

 private:
  SeededEntropy entropy_;
  int64_t shift_x = 0, shift_y = 0;
};

// As commands/meeting.cc has it: on the coarser cells of the two.
std::vector<Snapped> on(std::vector<Extent> const& extents, Separation const& separation, Grid& grid) {
  for (;; grid.cell_e7 *= 2) {
    std::vector<Snapped> all;
    for (Extent const& one : extents)
      if (auto made = snap(one, separation, grid, most_squares)) all.push_back(std::move(*made));
    if (all.size() == extents.size()) return all;
  }
}

bool any_meet(std::vector<Extent> const& a, std::vector<Extent> const& b, Separation const& separation,
              Grid grid) {
  on(a, separation, grid), on(b, separation, grid);
  auto const ours = on(a, separation, grid), theirs = on(b, separation, grid);
  for (Snapped const& one : ours)
    for (Snapped const& other : theirs)
      if (meet(one, other)) return true;
  return false;
}

bool found_by(Coarse const& search, Coarse const& kept) {
  model::Hull const &a = search.hull, &b = kept.hull;
  std::vector<model::Cell> both;
  std::ranges::set_intersection(a.cells, b.cells, std::back_inserter(both));
  bool const everywhere_too = std::ranges::binary_search(b.cells, everywhere);
  return (!both.empty() || everywhere_too) && a.from <= b.until && b.from <= a.until &&
         a.low_mm <= b.high_mm && b.low_mm <= a.high_mm && search.around.meets(kept.around);
}

TEST(Coarse, FindsAllThatMeetsOnAGrid) {
  size_t met = 0, passed_by = 0;
  for (uint64_t seed = 1; seed <= 1'500; ++seed) {
    Chance chance(seed);
    chance.place = static_cast<size_t>(chance.below(6));
    auto const one = chance.extents(), other = chance.extents();
    Separation const separation{chance.below(2) * (int64_t{1'000} << chance.below(18)),
                                chance.below(2) * chance.below(40'000),
                                chance.below(2) * chance.below(90'000'000)};
    Grid const grid{int64_t{1} << chance.below(20), int64_t{1} << chance.below(6),
                    int64_t{1} << chance.below(8)};
    Look const look = look_for(separation, grid);
    bool const found = found_by(coarse(one, look), coarse(other));
    bool const near = any_near(bounds_of(one, look), other);
    bool const meets = any_meet(one, other, separation, grid);
    met += meets, passed_by += !near;
    ASSERT_TRUE(found || !meets) << "seed " << seed;
    ASSERT_TRUE(near || !meets) << "seed " << seed;
  }
  EXPECT_GT(met, 150u) << "else it says little";
  EXPECT_GT(passed_by, 150u);
}

TEST(Coarse, WhatSharesASquareAndIsElsewhereInItIsPassedBy) {
  auto const at = [](int32_t longitude_e7) {
    Extent const one = samples::everywhere_above(
        samples::box(longitude_e7, 470'000'000, longitude_e7 + 10'000, 470'010'000));
    return coarse(std::span(&one, 1), look_for({30'000, 0, 0}, Grid{}));
  };
  Coarse const here = at(80'000'000), there = at(80'100'000);
  EXPECT_EQ(here.hull.cells, there.hull.cells);
  EXPECT_FALSE(found_by(here, there));
  EXPECT_TRUE(found_by(here, at(80'010'000)));
}

TEST(Coarse, OverTheAntimeridianEitherSideIsFound) {
  auto const kept = [](int32_t west, int32_t east) {
    Extent const one = samples::everywhere_above(samples::box(west, 470'000'000, east, 470'010'000));
    return coarse(std::span(&one, 1));
  };
  Extent const over =
      samples::everywhere_above(samples::box(1'799'990'000, 470'000'000, -1'799'990'000, 470'010'000));
  Coarse const search = coarse(std::span(&over, 1), Look{});
  EXPECT_TRUE(found_by(search, kept(1'799'980'000, 1'799'995'000)));
  EXPECT_TRUE(found_by(search, kept(-1'799'995'000, -1'799'980'000)));
}

TEST(Coarse, AWideSearchIsNeverCutShort) {
  std::vector<Extent> route;
  for (int32_t n = 0; n < 100; ++n)
    route.push_back(samples::everywhere_above(
        samples::box(n * 3'000'000, n * 4'000'000, n * 3'000'000 + 9'000'000, n * 4'000'000 + 9'000'000)));
  Look const look = look_for({185'200'000, 0, 0}, Grid{});
  Coarse const search = coarse(route, look);
  for (Extent const& one : route) {
    EXPECT_TRUE(found_by(search, coarse(std::span(&one, 1)))) << one.ring[0].longitude_e7;
  }
}

// A parallel near the pole is short, however many degrees it has.
TEST(Coarse, ASearchRoundThePoleTakesFewSquares) {
  Extent const one = samples::everywhere_above(samples::box(0, 885'000'000, 100'000, 885'100'000));
  EXPECT_LE(coarse(std::span(&one, 1), look_for({185'200'000, 0, 0}, Grid{})).hull.cells.size(), 20'000u);
}

TEST(Coarse, SmallVolumesTakeFewSquaresAndLargeOnesNoMore) {
  auto const squares = [](int32_t radius) {
    Extent const one = samples::everywhere_above(samples::round(80'000'000, 470'000'000, radius, 8));
    return coarse(std::span(&one, 1)).hull.cells.size();
  };
  EXPECT_LE(squares(25'000), 4u);
  EXPECT_LE(squares(500'000), 12u);
  EXPECT_LE(squares(5'000'000), 25u);
}

}  // namespace
}  // namespace comity::geometry
