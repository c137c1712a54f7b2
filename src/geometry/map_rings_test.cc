#include "geometry/map_rings.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "geometry/plane.h"
#include "geometry/sample_rings.h"

namespace comity::geometry {
namespace {

using samples::box;
using samples::degree;

using Rings = std::vector<MapRing>;

constexpr int32_t half = 180 * degree, pole = 90 * degree;

Wide twice_area(MapRing const& ring) {
  Wide sum = 0;
  for (size_t i = 0; i < ring.size(); ++i) {
    model::Point const a = ring[i], b = ring[(i + 1) % ring.size()];
    sum += Wide{a.longitude_e7} * b.latitude_e7 - Wide{b.longitude_e7} * a.latitude_e7;
  }
  return sum;
}

Wide twice_area(std::vector<MapRing> const& rings) {
  Wide sum = 0;
  for (MapRing const& ring : rings) sum += twice_area(ring);
  return sum;
}

void expect_drawable(std::vector<MapRing> const& rings) {
  for (MapRing const& ring : rings) {
    EXPECT_GE(ring.size(), 3u);
    EXPECT_GT(twice_area(ring), 0) << "counter-clockwise";
    for (model::Point const point : ring) {
      EXPECT_LE(std::abs(int64_t{point.longitude_e7}), half);
      EXPECT_LE(std::abs(int64_t{point.latitude_e7}), pole);
    }
  }
}

TEST(MapRings, WhatCrossesNothingStaysAsItIs) {
  MapRing const ring = box(355'000'001, 320'000'003, 425'000'000, 375'000'000);
  EXPECT_EQ(map_rings(ring), Rings{ring});
}

TEST(MapRings, ClockwiseIsTurnedRound) {
  MapRing const ring = box(0, 0, degree, degree);
  MapRing const back(ring.rbegin(), ring.rend());
  EXPECT_EQ(map_rings(back), Rings{ring});
}

TEST(MapRings, TheAntimeridianCutsIntoTwo) {
  auto const rings = map_rings(MapRing{{half - 10, 0}, {10 - half, 0}, {10 - half, 20}, {half - 10, 20}});
  ASSERT_EQ(rings.size(), 2u);
  expect_drawable(rings);
  EXPECT_EQ(rings[0], (MapRing{{half, 20}, {half - 10, 20}, {half - 10, 0}, {half, 0}}));
  EXPECT_EQ(rings[1], (MapRing{{-half, 0}, {10 - half, 0}, {10 - half, 20}, {-half, 20}}));
}

TEST(MapRings, WhatTouchesTheAntimeridianIsNotCut) {
  MapRing const west = box(half - 10, 0, half, 10);
  EXPECT_EQ(map_rings(west), Rings{west});
  auto const east = map_rings(MapRing{{half, 0}, {10 - half, 0}, {10 - half, 10}, {half, 10}});
  EXPECT_EQ(east, (Rings{MapRing{{-half, 0}, {10 - half, 0}, {10 - half, 10}, {-half, 10}}}));
}

TEST(MapRings, ACrossingIsRoundedToTheNearest) {
  // From 3 west of it at height 0 to 4 east of it at height 5: 15/7 at the meridian.
  auto const rings = map_rings(MapRing{{half - 3, 0}, {4 - half, 5}, {half - 3, 100}});
  ASSERT_EQ(rings.size(), 2u);
  EXPECT_EQ(std::ranges::count(rings[0], model::Point{half, 2}), 1);
  EXPECT_EQ(std::ranges::count(rings[1], model::Point{-half, 2}), 1);
  expect_drawable(rings);
}

TEST(MapRings, ACombAcrossTheAntimeridianFallsIntoItsTeeth) {
  // A comb on its side: the bar west of the meridian, four teeth over it.
  MapRing ring;
  for (model::Point const point : samples::comb(0, -5, 10, 4)) {
    int64_t x = int64_t{half} - 3 + point.latitude_e7 + 5;
    if (x > half) x -= turn_e7;
    ring.push_back({static_cast<int32_t>(x), point.longitude_e7});
  }
  auto const rings = map_rings(ring);
  EXPECT_EQ(rings.size(), 5u);
  expect_drawable(rings);
  EXPECT_EQ(twice_area(rings), 2 * (13 * 2 + 4 * 10));
}

TEST(MapRings, TeethThatOnlyReachTheAntimeridianStayWhole) {
  MapRing ring;
  for (model::Point const point : samples::comb(0, 0, 10, 3))
    ring.push_back({half - 12 + point.latitude_e7, point.longitude_e7});
  auto const rings = map_rings(ring);
  EXPECT_EQ(rings.size(), 1u);
  expect_drawable(rings);
}

TEST(MapRings, ARingRoundThePoleIsClosedOverIt) {
  MapRing const ring{
      {-90 * degree, 80 * degree}, {0, 80 * degree}, {90 * degree, 80 * degree}, {half, 80 * degree}};
  auto const rings = map_rings(ring);
  expect_drawable(rings);
  EXPECT_EQ(twice_area(rings), 2 * Wide{turn_e7} * 10 * degree);
  auto const south = map_rings(samples::flipped(ring, 0));
  expect_drawable(south);
  EXPECT_EQ(twice_area(south), 2 * Wide{turn_e7} * 10 * degree);
}

TEST(MapRings, ALineIsDrawnAsOne) {
  MapRing const line{{0, 0}, {10, 10}, {20, 20}};
  EXPECT_EQ(map_rings(line), Rings{line});
  auto const cut = map_rings(MapRing{{half - 10, 0}, {half - 5, 5}, {10 - half, 20}});
  ASSERT_EQ(cut.size(), 2u);
  for (MapRing const& part : cut) EXPECT_GE(part.size(), 3u);
}

TEST(MapRings, NothingIsDrawnOfNoRing) { EXPECT_TRUE(map_rings(MapRing{}).empty()); }

TEST(MapBoxes, OverTheAntimeridianTheyAreTwo) {
  auto const boxes =
      map_rings(MapBox{.south_e7 = -5, .north_e7 = 5, .west_e7 = half - 10, .east_e7 = 10 - half});
  EXPECT_EQ(boxes, (Rings{box(half - 10, -5, half, 5), box(-half, -5, 10 - half, 5)}));
}

TEST(MapBoxes, AWholeTurnHasNoEdgeThatAGlobeWouldShorten) {
  auto const boxes = map_rings(MapBox{.south_e7 = 0, .north_e7 = 5, .west_e7 = -half, .east_e7 = half});
  ASSERT_EQ(boxes.size(), 1u);
  EXPECT_EQ(boxes[0].size(), 10u);
  expect_drawable(boxes);
}

}  // namespace
}  // namespace comity::geometry
