#include "release/grid.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace comity::release {
namespace {

constexpr double radian_e7 = M_PI / 180 / 1e7;

double distance_m(model::Point a, model::Point b) {
  double const lat1 = a.latitude_e7 * radian_e7, lat2 = b.latitude_e7 * radian_e7;
  double const up = std::sin((lat2 - lat1) / 2);
  double const across = std::sin((double(b.longitude_e7) - a.longitude_e7) * radian_e7 / 2);
  double const h = up * up + std::cos(lat1) * std::cos(lat2) * across * across;
  return 2 * 6'371'008.8 * std::asin(std::min(1.0, std::sqrt(h)));
}

model::Point any_point(std::mt19937_64& dice) {
  return {int32_t(std::uniform_int_distribution<int64_t>(-1'800'000'000, 1'800'000'000)(dice)),
          int32_t(std::uniform_int_distribution<int64_t>(-900'000'000, 900'000'000)(dice))};
}

bool inside(Cell const& small, Cell const& large) {
  return large.south_e7 <= small.south_e7 && small.north_e7 <= large.north_e7 &&
         large.west_e7 <= small.west_e7 && small.east_e7 <= large.east_e7;
}

TEST(Grid, EveryCellLiesInOneCellOfEachCoarserGrid) {  // A17
  std::mt19937_64 dice(1);
  for (int i = 0; i < 20'000; ++i) {
    model::Point const point = any_point(dice);
    for (uint32_t grid = 1; grid < (1u << 20); grid *= 2)
      ASSERT_TRUE(inside(cell_of(point, grid), cell_of(point, grid * 2)))
          << point.latitude_e7 << " " << point.longitude_e7 << " " << grid;
  }
}

TEST(Grid, TwoCoarseAnswersNeverAddUpToAFinerOne) {
  model::Point const place{363'000'000, 344'000'000};
  Cell const fine = cell_of(place, 4096), coarse = cell_of(place, 8192);
  Cell const both{std::max(fine.south_e7, coarse.south_e7), std::min(fine.north_e7, coarse.north_e7),
                  std::max(fine.west_e7, coarse.west_e7), std::min(fine.east_e7, coarse.east_e7)};
  EXPECT_EQ(both, fine);
}

TEST(Grid, ThePrecisionReachesThePlaceMeant) {
  std::mt19937_64 dice(2);
  for (int i = 0; i < 20'000; ++i) {
    model::Point const point = any_point(dice);
    for (uint32_t grid : {1u, 64u, 8'192u, 131'072u, 1u << 20}) {
      Snapped const answer = snapped(point, grid);
      ASSERT_LE(distance_m(point, answer.middle), answer.precision_m) << grid << " " << point.latitude_e7;
    }
  }
}

TEST(Grid, ACellIsAsLargeAsWasAgreed) {
  std::mt19937_64 dice(3);
  for (int i = 0; i < 20'000; ++i) {
    model::Point const point = any_point(dice);
    for (uint32_t grid : {16u, 8'192u, 131'072u}) {
      Cell const cell = cell_of(point, grid);
      if (cell.north_e7 == 900'000'000 || cell.south_e7 == -900'000'000) continue;  // the cap of a pole
      double const edge = double(std::max(std::abs(cell.south_e7), std::abs(cell.north_e7))) * radian_e7;
      EXPECT_GE(double(cell.north_e7 - cell.south_e7) * 0.0111319, grid);
      bool const clipped = cell.east_e7 == 1'800'000'000 || cell.west_e7 == -1'800'000'000;
      EXPECT_TRUE(clipped ||
                  double(cell.east_e7 - cell.west_e7) * 0.01113195 * std::cos(edge) >= grid * 0.9999);
    }
  }
}

TEST(Grid, PlacesOfOneCellAreOnePlace) {
  Snapped const a = snapped({363'000'001, 344'000'001}, 8192), b = snapped({363'000'900, 344'000'900}, 8192);
  EXPECT_EQ(a.middle, b.middle);
  EXPECT_EQ(a.precision_m, b.precision_m);
}

TEST(Grid, PolesAndTheDateLineAreInsideTheirCells) {
  for (int32_t latitude : {-900'000'000, 900'000'000})
    for (int32_t longitude : {-1'800'000'000, 1'800'000'000}) {
      Cell const cell = cell_of({longitude, latitude}, 1);
      EXPECT_LE(cell.south_e7, latitude);
      EXPECT_GE(cell.north_e7, latitude);
      EXPECT_LE(cell.west_e7, longitude);
      EXPECT_GE(cell.east_e7, longitude);
    }
}

TEST(Grid, TimesGoDownToTheStepAlsoBefore1970) {
  EXPECT_EQ(rounded_down(UtcTime{5'999'999}, seconds(4)).us, 4'000'000);
  EXPECT_EQ(rounded_down(UtcTime{-1}, seconds(4)).us, -4'000'000);
  EXPECT_EQ(to_text(rounded_down(*parse_time("0001-01-01T00:00:01.000000Z"), seconds(1 << 20))),
            "0001-01-01T00:00:00.000000Z");
}

}  // namespace
}  // namespace comity::release
