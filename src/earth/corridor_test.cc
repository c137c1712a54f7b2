#include "earth/corridor.h"

#include <gtest/gtest.h>

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>

#include "base/seam.h"
#include "earth/inside.h"

namespace comity::earth {
namespace {

using GeographicLib::Geodesic;
using model::Point;

Point at(double latitude, double longitude) {
  return {static_cast<int32_t>(std::lround(longitude * 1e7)),
          static_cast<int32_t>(std::lround(latitude * 1e7))};
}

// Places within the half width of the geodesic from a to b lie in the ring: chosen along it, and beside it in every direction.
void expect_holds(std::vector<Point> const& ring, Point const& a, Point const& b, double half_width_m,
                  SeededEntropy& random) {
  auto const part = [&] { return static_cast<double>(random.next() % 1'000'001) / 1e6; };
  auto const line = Geodesic::WGS84().InverseLine(a.latitude_e7 / 1e7, a.longitude_e7 / 1e7,
                                                  b.latitude_e7 / 1e7, b.longitude_e7 / 1e7);
  for (int i = 0; i < 300; ++i) {
    double const along = i % 10 == 0 ? 0 : i % 10 == 1 ? 1 : part();
    double latitude = 0, longitude = 0, course = 0;
    line.Position(line.Distance() * along, latitude, longitude, course);
    double const aside = i % 3 == 0 ? 90 : i % 3 == 1 ? -90 : part() * 360;
    double const far = i % 4 == 0 ? part() : 1;
    Geodesic::WGS84().Direct(latitude, longitude, course + aside, half_width_m * far, latitude, longitude);
    ASSERT_TRUE(is_inside(ring, latitude, longitude)) << along << " along, towards " << aside;
  }
}

TEST(Corridor, HoldsWhateverIsWithinHalfItsWidth) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededEntropy random(seed);
    auto const pick = [&](uint64_t below) { return static_cast<double>(random.next() % below); };
    double const latitude = pick(160'000) / 1e3 - 80;
    double const longitude = seed % 4 == 0 ? 179.5 : pick(360'000) / 1e3 - 180;
    double const spread = seed % 3 == 0 ? 0.01 : 2;
    std::vector<Point> way;
    for (int i = 0; i < 3; ++i) {
      double const east = std::remainder(longitude + spread * pick(1'000) / 1e3, 360);
      way.push_back(at(latitude + spread * pick(1'000) / 1e3, east));
    }
    double const half_width_m = std::floor(std::pow(10, pick(4'600) / 1e3));
    auto const rings = rings_along(way, static_cast<int64_t>(half_width_m) * 1'000);
    ASSERT_TRUE(rings) << rings.error().detail;
    ASSERT_EQ(rings->size(), 2u);
    for (size_t leg = 0; leg < 2; ++leg)
      expect_holds((*rings)[leg], way[leg], way[leg + 1], half_width_m, random);
    if (HasFatalFailure()) return;
  }
}

TEST(Corridor, TheLongestLeg) {
  SeededEntropy random(7);
  std::vector<Point> const way = {at(60, 10), at(61, 18.7)};
  auto const rings = rings_along(way, 5'000'000);
  ASSERT_TRUE(rings) << rings.error().detail;
  EXPECT_LE(rings->front().size(), 140u);
  expect_holds(rings->front(), way[0], way[1], 5'000, random);
}

TEST(Corridor, WhoeverHaltsIsInACircle) {
  SeededEntropy random(8);
  Point const here = at(41, 26), beside = {here.longitude_e7 + 20, here.latitude_e7 - 10};
  auto const rings = rings_along(std::vector<Point>{here, here, beside}, 100'000);
  ASSERT_TRUE(rings);
  EXPECT_EQ(rings->at(0).size(), 32u);
  expect_holds(rings->at(1), here, beside, 100, random);
}

TEST(Corridor, WhatIsNone) {
  std::vector<Point> const way = {at(41, 26), at(41.1, 26), at(47, 26)};
  EXPECT_EQ(rings_along(std::vector<Point>{way[0]}, 1'000).error().detail,
            "a way has two way-points or more");
  EXPECT_EQ(rings_along(way, 999).error().code, ErrorCode::bad_input);
  EXPECT_EQ(rings_along(way, 50'000'001).error().code, ErrorCode::too_large);
  auto const too_long = rings_along(way, 1'000);
  ASSERT_FALSE(too_long);
  EXPECT_EQ(too_long.error().code, ErrorCode::too_large);
  EXPECT_EQ(too_long.error().pointer, "/2");
  EXPECT_FALSE(rings_along(std::vector<Point>{at(88, 0), at(89.2, 0)}, 1'000));
}

}  // namespace
}  // namespace comity::earth
