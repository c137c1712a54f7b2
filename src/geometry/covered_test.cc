#include "geometry/covered.h"

#include <gtest/gtest.h>

namespace comity::geometry {
namespace {

using model::Extent;
using model::Point;
using Ring = std::vector<Point>;

Extent at(Ring ring, int32_t low_mm = 0, int32_t high_mm = 100) {
  return {std::move(ring), low_mm, high_mm, UtcTime{0}, UtcTime{100}};
}
Ring box(int32_t west, int32_t south, int32_t east, int32_t north) {
  return {{west, south}, {east, south}, {east, north}, {west, north}};
}
bool covered(Extent const& what, std::vector<Extent> const& by) {
  return geometry::covered(what, std::span<Extent const>(by));
}
// Of sixteen corners.
Ring disc(int32_t x, int32_t y, int32_t radius) {
  Ring ring;
  for (auto [dx, dy] : {std::pair{100, 0}, {92, 38}, {71, 71}, {38, 92}})
    ring.push_back({x + radius * dx / 100, y + radius * dy / 100});
  for (size_t i = 0; i < 12; ++i) {
    Point const before = ring[i];
    ring.push_back({x - (before.latitude_e7 - y), y + (before.longitude_e7 - x)});
  }
  return ring;
}

TEST(Covered, InOneAndNotInOne) {
  EXPECT_TRUE(covered(at(box(2, 2, 8, 8)), {at(box(0, 0, 10, 10))}));
  EXPECT_TRUE(covered(at(box(0, 0, 10, 10)), {at(box(0, 0, 10, 10))})) << "the same is inside of itself";
  EXPECT_FALSE(covered(at(box(2, 2, 11, 8)), {at(box(0, 0, 10, 10))})) << "by one step";
  EXPECT_FALSE(covered(at(box(20, 2, 22, 8)), {at(box(0, 0, 10, 10))}));
  EXPECT_FALSE(covered(at(box(0, 0, 10, 10)), {at(box(2, 2, 8, 8))})) << "the other way round";
  EXPECT_FALSE(covered(at(box(2, 2, 8, 8)), {}));
}

TEST(Covered, AHollowIsNotInside) {
  Ring const hollow{{0, 0}, {100, 0}, {100, 100}, {60, 100}, {60, 40}, {40, 40}, {40, 100}, {0, 100}};
  EXPECT_TRUE(covered(at(box(5, 5, 95, 35)), {at(hollow)}));
  EXPECT_FALSE(covered(at(box(30, 50, 70, 60)), {at(hollow)})) << "all its corners are inside";
  EXPECT_TRUE(covered(at(box(30, 50, 70, 60)), {at(hollow), at(box(35, 45, 65, 80))}));
  EXPECT_TRUE(covered(at(hollow), {at(hollow)}));
}

TEST(Covered, SeveralAreTakenTogether) {
  Extent const west = at(box(0, 0, 1000, 1000)), east = at(box(1000, 0, 2000, 1000));
  EXPECT_TRUE(covered(at(disc(1000, 500, 300)), {west, east})) << "over a border that they share";
  EXPECT_FALSE(covered(at(disc(1000, 500, 300)), {west}));
  EXPECT_FALSE(covered(at(disc(1000, 900, 300)), {west, east})) << "out to the north";
  EXPECT_FALSE(covered(at(disc(1000, 500, 300)), {west, at(box(1002, 0, 2000, 1000))})) << "a gap";
  Ring const lower{{0, 0}, {1000, 0}, {1000, 1000}}, upper{{0, 0}, {1000, 1000}, {0, 1000}};
  EXPECT_TRUE(covered(at(disc(500, 500, 200)), {at(lower), at(upper)})) << "a slanting border";
  EXPECT_FALSE(covered(at(disc(500, 500, 200)), {at(lower), at({{0, 4}, {996, 1000}, {0, 1000}})}));
  Ring const leg{{0, 400}, {1100, 400}, {1100, 600}, {0, 600}},
      next{{900, 400}, {900, 2000}, {1100, 2000}, {1100, 400}};
  EXPECT_TRUE(covered(at(disc(1000, 500, 90)), {at(leg), at(next)})) << "two legs of a corridor";
}

TEST(Covered, InAltitudeToo) {
  Extent const low = at(box(0, 0, 100, 100), 0, 50), high = at(box(0, 0, 100, 100), 50, 120);
  Extent const what = at(box(10, 10, 20, 20), 10, 110);
  EXPECT_TRUE(covered(what, {low, high}));
  EXPECT_FALSE(covered(what, {low})) << "out at the top";
  EXPECT_FALSE(covered(what, {low, at(box(0, 0, 100, 100), 51, 120)})) << "a gap between";
  EXPECT_FALSE(covered(what, {low, at(box(0, 0, 15, 100), 50, 120)})) << "above, half of the ground";
  EXPECT_TRUE(covered(at(box(10, 10, 20, 20), 50, 50), {low})) << "at its highest";
}

TEST(Covered, OnlyWhatLastsSoLong) {
  Extent what = at(box(2, 2, 8, 8)), all = at(box(0, 0, 10, 10));
  what.from = what.until = UtcTime{100};
  EXPECT_TRUE(covered(what, {all})) << "its last instant";
  what.until = UtcTime{101};
  EXPECT_FALSE(covered(what, {all}));
  what.from = what.until = UtcTime{-1};
  EXPECT_FALSE(covered(what, {all}));
}

TEST(Covered, AcrossTheAntimeridian) {
  constexpr int32_t half = 1'800'000'000;
  Extent const both = at({{half - 1000, 0}, {-half + 1000, 0}, {-half + 1000, 1000}, {half - 1000, 1000}});
  EXPECT_TRUE(covered(at({{-half + 100, 100}, {-half + 200, 100}, {-half + 200, 200}}), {both}));
  EXPECT_TRUE(
      covered(at({{half - 50, 100}, {-half + 50, 100}, {-half + 50, 200}, {half - 50, 200}}), {both}));
  EXPECT_FALSE(covered(at({{half - 1100, 100}, {-half + 50, 100}, {-half + 50, 200}}), {both}));
}

// Against counting: boxes on a small lattice, where a box is covered if each of its unit squares is.
TEST(Covered, AsCountedOnALattice) {
  uint32_t seed = 7;
  auto const next = [&] { return (seed = seed * 1'664'525 + 1'013'904'223) >> 8; };
  auto const number = [&](int32_t least, int32_t most) {
    return least + static_cast<int32_t>(next() % static_cast<uint32_t>(most - least + 1));
  };
  size_t yes = 0;
  for (int i = 0; i < 3'000; ++i) {
    std::vector<Extent> by;
    bool filled[12][12] = {};
    for (int n = number(1, 4); n > 0; --n) {
      int32_t const west = number(0, 8), south = number(0, 8);
      int32_t const east = number(west + 1, 12), north = number(south + 1, 12);
      by.push_back(at(box(west, south, east, north)));
      for (int32_t x = west; x < east; ++x)
        for (int32_t y = south; y < north; ++y) filled[x][y] = true;
    }
    int32_t const west = number(0, 9), south = number(0, 9);
    int32_t const east = number(west + 1, 12), north = number(south + 1, 12);
    bool all = true;
    for (int32_t x = west; x < east; ++x)
      for (int32_t y = south; y < north; ++y) all = all && filled[x][y];
    ASSERT_EQ(covered(at(box(west, south, east, north)), by), all) << i;
    yes += all;
  }
  EXPECT_GT(yes, 100u);
}

}  // namespace
}  // namespace comity::geometry
