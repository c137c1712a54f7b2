#include "geometry/separation.h"

#include <gtest/gtest.h>

#include "geometry/earth.h"
#include "geometry/overlap.h"
#include "geometry/sample_rings.h"
#include "geometry/wide_product.h"

namespace comity::geometry {
namespace {

using namespace samples;
using model::Extent;

constexpr int32_t edge_of_map = 1'800'000'000, pole = 900'000'000;
constexpr int64_t km = 1'000'000;

bool near(Ring const& a, Ring const& b, int64_t horizontal_mm) {
  bool const answer = within(everywhere_above(a), everywhere_above(b), {.horizontal_mm = horizontal_mm});
  EXPECT_EQ(within(everywhere_above(b), everywhere_above(a), {.horizontal_mm = horizontal_mm}), answer);
  return answer;
}

// The least separation, in millimetres, at which it is a conflict.
int64_t least(Ring const& a, Ring const& b) {
  int64_t too_little = 0, enough = most_horizontal_mm;
  while (enough - too_little > 2) {
    int64_t const middle = (too_little + enough) / 2;
    (near(a, b, middle) ? enough : too_little) = middle;
  }
  return enough;
}

// 0.01 degree is 1113.195 m of the equator, and 1105.743 m of a meridian there.
TEST(Separation, AtTheEquator) {
  Ring const a = box(-degree, -5'000, 0, 5'000);
  EXPECT_NEAR(least(a, samples::moved(a, degree + 100'000, 0)), 1'113'195, 2);
  Ring const flat = box(0, 0, 1'000, 1);
  EXPECT_NEAR(least(flat, samples::moved(flat, 0, 100'001)), 1'105'743, 5);
  Ring const point_to_corner = samples::moved(flat, 101'000, 100'001);
  EXPECT_NEAR(least(flat, point_to_corner), 1'569'034, 5) << "the root of both squares";
}

// Known lengths on WGS84: 0.1 degree of the parallel of 60 is 5,580.0 m, 0.01 degree of the meridian there is 1,114.1 m.
TEST(Separation, AtSixtyDegrees) {
  Ring const a = box(0, 60 * degree, 100, 60 * degree + 100);
  EXPECT_NEAR(least(a, samples::moved(a, 1'000'100, 0)), 5'580'000, 10'000);
  EXPECT_NEAR(least(a, samples::moved(a, 0, 100'100)), 1'114'123, 300);
  EXPECT_LE(least(a, samples::moved(a, 1'000'100, 0)), 5'580'000) << "early rather than late";
}

TEST(Separation, RoundedUpOnBothSides) {
  Extent a = everywhere_above(box(0, 0, 5, 5)), b = a;
  a.low_mm = 0, a.high_mm = 10, b.low_mm = 14, b.high_mm = 20;
  EXPECT_FALSE(within(a, b, {.vertical_mm = 2}));
  EXPECT_TRUE(within(a, b, {.vertical_mm = 3})) << "2 for each";
  a.from = {0}, a.until = {10}, b.from = {14}, b.until = {20};
  EXPECT_FALSE(within(a, b, {.vertical_mm = 4, .time_us = 2}));
  EXPECT_TRUE(within(b, a, {.vertical_mm = 4, .time_us = 3}));
}

TEST(Separation, EndsOfTheTypesAreNoBounds) {
  Extent a = everywhere_above(box(0, 0, 5, 5)), b = a;
  a.until = {0}, b.from = {INT64_MAX - 1};
  EXPECT_FALSE(within(a, b, {}));
  EXPECT_TRUE(within(a, b, {.time_us = INT64_MAX}));
  a.until = model::latest;
  EXPECT_TRUE(within(a, b, {}));
}

TEST(Separation, ZeroIsOverlap) {
  EXPECT_TRUE(near(box(0, 0, 5, 5), box(5, 5, 9, 9), 0));
  EXPECT_FALSE(near(box(0, 0, 5, 5), box(6, 5, 9, 9), 0));
  EXPECT_TRUE(near(box(0, 0, 5, 5), box(6, 5, 9, 9), 12)) << "11.13 mm apart";
  EXPECT_FALSE(near(box(0, 0, 5, 5), box(6, 5, 9, 9), 10));
  EXPECT_TRUE(near(round(0, 0, 1'000'000, 8), round(0, 0, 10, 8), 1)) << "inside";
}

TEST(Separation, AcrossTheAntimeridian) {
  Ring const a = box(edge_of_map - 1'000, 0, edge_of_map - 500, 9),
             b = box(-edge_of_map + 500, 0, -edge_of_map + 900, 9);
  EXPECT_NEAR(least(a, b), 11'132, 2);
}

TEST(Separation, OverThePole) {
  Ring const a = box(0, pole - 2'000, 9, pole - 1'000),
             b = box(edge_of_map - 9, pole - 2'000, edge_of_map, pole - 1'000);
  EXPECT_TRUE(near(a, b, 22'340)) << "2000 steps of a meridian, over the pole";
  Ring const far = box(0, pole - 600'000, 9, pole - 500'000);
  EXPECT_FALSE(near(far, box(edge_of_map - 9, pole - 600'000, edge_of_map, pole - 500'000), 5 * km));
  EXPECT_TRUE(near(far, box(edge_of_map - 9, pole - 600'000, edge_of_map, pole - 500'000), 12 * km));
  EXPECT_FALSE(near(a, flipped(a, 0), 1'000 * km)) << "the other pole";
}

TEST(Separation, FromARingRoundThePole) {
  Ring const cap{{0, 80 * degree}, {120 * degree, 80 * degree}, {-120 * degree, 80 * degree}};
  Ring const south = box(50 * degree, 70 * degree, 60 * degree, 79 * degree);
  EXPECT_NEAR(least(cap, south), 111'650'000, 60'000) << "a degree of the meridian";
  EXPECT_TRUE(near(cap, box(0, 85 * degree, 9, 86 * degree), 1));
}

TEST(Separation, AThousandPoints) {
  Ring const ring = round(0, 0, 5'000'000, 1000);
  EXPECT_FALSE(near(ring, samples::moved(ring, 10'100'000, 0), 1'112'000));
  EXPECT_TRUE(near(ring, samples::moved(ring, 10'100'000, 0), 1'114'000));
}

// Whatever the numbers, no overflow (the sanitizers look on).
TEST(Separation, TheLargestNumbers) {
  Ring const wide{{-170 * degree, -pole}, {9 * degree, pole}, {0, -80 * degree}};
  Ring const other{{175 * degree, -pole}, {-10 * degree, pole - 5}, {-9 * degree, pole - 9}};
  within(everywhere_above(wide), everywhere_above(other), {most_horizontal_mm, INT32_MAX, INT64_MAX});
  constexpr int32_t low = INT32_MIN, high = INT32_MAX;
  Ring const wild{{low, low}, {high, high}, {low, high}, {high, low}, {0, 0}};
  within(everywhere_above(wild), everywhere_above(box(5, 5, 9, 9)),
         {most_horizontal_mm, INT32_MAX, INT64_MAX});
  EXPECT_FALSE(within(everywhere_above({}), everywhere_above(wild), {.horizontal_mm = most_horizontal_mm}));
  EXPECT_FALSE(in_range(Separation{.horizontal_mm = most_horizontal_mm + 1}));
  EXPECT_FALSE(in_range(Separation{.horizontal_mm = -1}));
}

// What the proof of `what is within also meets when snapped` needs of the table.
TEST(Earth, StepsAlongParallelsAreConcave) {
  int64_t last = 0;
  for (int64_t latitude = 0; latitude < pole; latitude += degree) {
    int64_t const drop = least_in({latitude, latitude}).along_parallel_nm -
                         least_in({latitude + degree, latitude + degree}).along_parallel_nm;
    EXPECT_GT(drop, last);
    last = drop;
  }
}

TEST(Earth, TheLeastInABand) {
  EXPECT_EQ(least_in({-5, 5}).along_meridian_nm, least_along_meridian_nm);
  EXPECT_EQ(least_in({-pole, 5}).along_parallel_nm, 0);
  EXPECT_EQ(least_in({pole - 5, pole + 5}).along_parallel_nm, 0);
  EXPECT_EQ(least_in({-60 * degree, -50 * degree}).along_parallel_nm,
            least_in({60 * degree, 60 * degree}).along_parallel_nm);
  EXPECT_EQ(least_in({-60 * degree, -50 * degree}).along_meridian_nm,
            least_in({50 * degree, 50 * degree}).along_meridian_nm);
}

TEST(WideProduct, OfTheLargest) {
  constexpr Natural most = ~Natural{0};
  EXPECT_EQ(multiply(most, most), (WideProduct{most - 1, 1}));
  EXPECT_EQ(multiply(most, 2), (WideProduct{1, most - 1}));
  EXPECT_EQ(multiply(Natural{1} << 64, Natural{1} << 64), (WideProduct{1, 0}));
  EXPECT_LT(multiply(most, most - 1), multiply(most, most));
}

}  // namespace
}  // namespace comity::geometry
