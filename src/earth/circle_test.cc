#include "earth/circle.h"

#include <gtest/gtest.h>

#include <GeographicLib/Geodesic.hpp>

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

double distance_m(Point const& a, Point const& b) {
  double metres = 0;
  Geodesic::WGS84().Inverse(a.latitude_e7 / 1e7, a.longitude_e7 / 1e7, b.latitude_e7 / 1e7,
                            b.longitude_e7 / 1e7, metres);
  return metres;
}

// Every point of the geodesic circle lies in the ring, and the ring is not much larger.
void expect_outward(Point const& centre, int64_t radius_mm, std::vector<double> const& azimuths) {
  auto const ring = ring_around(centre, radius_mm);
  ASSERT_TRUE(ring) << ring.error().detail;
  ASSERT_EQ(ring->size(), 32u);
  double const radius_m = static_cast<double>(radius_mm) / 1e3;
  for (double const azimuth : azimuths)
    for (double const part : {1.0, 0.99, 0.3}) {
      double latitude = 0, longitude = 0;
      Geodesic::WGS84().Direct(centre.latitude_e7 / 1e7, centre.longitude_e7 / 1e7, azimuth, radius_m * part,
                               latitude, longitude);
      ASSERT_TRUE(is_inside(*ring, latitude, longitude)) << azimuth << " at " << part;
    }
  for (Point const& vertex : *ring) {
    ASSERT_LE(distance_m(centre, vertex), radius_m * 1.0085 + 0.1);
    ASSERT_LE(std::abs(vertex.longitude_e7), 1'800'000'000);
  }
}

TEST(Circle, HoldsEveryPointOfTheGeodesicCircle) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededEntropy random(seed);
    auto const pick = [&](uint64_t below) { return static_cast<double>(random.next() % below); };
    double const latitude = pick(177'000'000) / 1e6 - 88.5;
    double const longitude = seed % 5 == 0 ? 180 - pick(1'000) / 1e4 : pick(360'000'000) / 1e6 - 180;
    int64_t const radius_mm = static_cast<int64_t>(std::pow(10, 3 + pick(4'700) / 1e3));
    std::vector<double> azimuths;
    for (int i = 0; i < 64; ++i) azimuths.push_back(i * 360.0 / 64);  // vertices, and the middles of edges
    for (int i = 0; i < 64; ++i) azimuths.push_back(pick(360'000) / 1e3);
    expect_outward(at(latitude, longitude), std::min<int64_t>(radius_mm, 50'000'000), azimuths);
    if (HasFatalFailure()) return;
  }
}

TEST(Circle, AtItsLimits) {
  std::vector<double> const azimuths = {0, 5.625, 90, 95.625, 180, 270};
  expect_outward(at(0, 0), 1'000, azimuths);
  expect_outward(at(88.54, 12), 50'000'000, azimuths);
  expect_outward(at(-88.54, -180), 50'000'000, azimuths);
  EXPECT_EQ(ring_around(at(10, 10), 999).error().code, ErrorCode::bad_input);
  EXPECT_EQ(ring_around(at(10, 10), 50'000'001).error().code, ErrorCode::too_large);
  EXPECT_EQ(ring_around({0, 900'000'001}, 1'000).error().code, ErrorCode::bad_input);
}

TEST(Circle, AtAPoleThereIsNone) {
  for (double const latitude : {90.0, 89.5, -89.0}) {
    auto const ring = ring_around(at(latitude, 0), 5'000'000);
    ASSERT_FALSE(ring);
    EXPECT_EQ(ring.error().detail, "comes nearer to a pole than a degree: give a polygon");
  }
}

}  // namespace
}  // namespace comity::earth
