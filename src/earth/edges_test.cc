#include "earth/edges.h"

#include <gtest/gtest.h>
#include <s2/s2edge_distances.h>
#include <s2/s2latlng.h>

#include <algorithm>
#include <random>

namespace comity::earth {
namespace {

using Ring = std::vector<model::Point>;

S2Point at(double latitude, double longitude) { return S2LatLng::FromDegrees(latitude, longitude).ToPoint(); }

TEST(Edges, WhatIsShortOrNearTheEquatorStaysAsItIs) {
  EXPECT_EQ(straightened({{41.3, 26.1}, {41.3, 26.101}, {41.301, 26.1}})->size(), 3U);
  EXPECT_EQ(straightened({{0, 0}, {0, 0.4}, {0.0001, 0.2}})->size(), 3U);
}

TEST(Edges, ALongOneFarFromTheEquatorGetsPoints) {
  auto const ring = straightened({{60, 10}, {60, 10.9}, {60.2, 10.5}});
  ASSERT_TRUE(ring);
  EXPECT_GT(ring->size(), 30U);
  EXPECT_EQ(ring->front(), (model::Point{100'000'000, 600'000'000}));
  EXPECT_FALSE(straightened({{80, 0}, {80, 90}, {80, 180}}));
}

// Every point of the straight pieces lies near the geodesic that they stand for.
TEST(Edges, PiecesStayNear) {
  uint32_t const seed = std::random_device{}();
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> latitude(-80, 80), longitude(-180, 180), step(-0.4, 0.4), part(0, 1);
  for (int round = 0; round < 300; ++round) {
    LatLng const a{latitude(random), longitude(random)};
    LatLng const b{a.latitude + step(random), std::remainder(a.longitude + step(random), 360.0)};
    LatLng const c{a.latitude + step(random), a.longitude};
    auto const ring = straightened({a, b, c});
    ASSERT_TRUE(ring) << "seed " << seed;
    for (size_t i = 0; i + 1 < ring->size(); ++i) {
      model::Point const p = (*ring)[i], q = (*ring)[i + 1];
      double east = q.longitude_e7 / 1e7 - p.longitude_e7 / 1e7;
      east = std::remainder(east, 360.0);
      double const t = part(random);
      S2Point const between = at(p.latitude_e7 / 1e7 + t * (q.latitude_e7 - p.latitude_e7) / 1e7,
                                 p.longitude_e7 / 1e7 + t * east);
      auto const to = [&](LatLng const& x, LatLng const& y) {
        return S2::GetDistance(between, at(x.latitude, x.longitude), at(y.latitude, y.longitude)).radians() *
               6'371'010;
      };
      EXPECT_LE(std::min({to(a, b), to(b, c), to(c, a)}), near_m + 0.02) << "seed " << seed;
    }
  }
}

double metres_to(S2Point const& point, LatLng const& a, LatLng const& b) {
  return S2::GetDistance(point, at(a.latitude, a.longitude), at(b.latitude, b.longitude)).radians() *
         6'371'010;
}

// Every point of a straight edge lies near the geodesic pieces that stand for it.
TEST(Edges, BentPiecesStayNear) {
  uint32_t const seed = std::random_device{}();
  std::mt19937 random(seed);
  std::uniform_int_distribution<int32_t> latitude(-800'000'000, 800'000'000),
      longitude(-1'795'000'000, 1'795'000'000), step(-4'000'000, 4'000'000);
  std::uniform_real_distribution<double> part(0, 1);
  for (int round = 0; round < 300; ++round) {
    model::Point const a{longitude(random), latitude(random)};
    model::Point const b{a.longitude_e7 + step(random), a.latitude_e7 + step(random)},
        c{a.longitude_e7, b.latitude_e7};
    auto const places = bent(Ring{a, b, c});
    ASSERT_TRUE(places) << "seed " << seed;
    double const t = part(random);
    S2Point const on = at((a.latitude_e7 + t * (b.latitude_e7 - a.latitude_e7)) / 1e7,
                          (a.longitude_e7 + t * (b.longitude_e7 - a.longitude_e7)) / 1e7);
    double nearest = 1e9;
    for (size_t i = 0; i + 1 < places->size(); ++i)
      nearest = std::min(nearest, metres_to(on, (*places)[i], (*places)[i + 1]));
    EXPECT_LE(nearest, near_m + 0.02) << "seed " << seed;
  }
}

// Along 60 degrees north a geodesic of 90 km lies up to 275 m north of the parallel; across the antimeridian it goes the shorter way.
TEST(Edges, AParallelGetsPlacesAndASeamIsCrossed) {
  auto const strip =
      bent(Ring{{100'000'000, 600'000'000}, {116'000'000, 600'000'000}, {108'000'000, 600'010'000}});
  ASSERT_TRUE(strip);
  EXPECT_GT(strip->size(), 70U);
  EXPECT_GT(std::ranges::count(*strip, 60.0, &LatLng::latitude), 30);
  auto const seam =
      bent(Ring{{1'799'000'000, 600'000'000}, {-1'799'000'000, 600'000'000}, {1'799'500'000, 601'000'000}});
  ASSERT_TRUE(seam);
  for (LatLng const& one : *seam) EXPECT_GT(std::abs(one.longitude), 179.8);
  EXPECT_FALSE(bent(Ring{{0, 800'000'000}, {1'700'000'000, 800'000'000}, {1'790'000'000, 100'000'000}}));
}

}  // namespace
}  // namespace comity::earth
