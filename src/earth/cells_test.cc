#include "earth/cells.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace comity::earth {
namespace {

std::vector<LatLng> square(double latitude, double longitude, double half) {
  return {{latitude - half, longitude - half},
          {latitude - half, longitude + half},
          {latitude + half, longitude + half},
          {latitude + half, longitude - half}};
}

TEST(Cells, OfASquareAreSortedAndEachOnce) {
  auto const cells = cells_of(square(47.06, 6.74, 0.01));
  ASSERT_TRUE(cells);
  EXPECT_GE(cells->size(), 3u);
  EXPECT_LE(cells->size(), 16u);
  EXPECT_TRUE(std::ranges::is_sorted(*cells));
  EXPECT_EQ(std::ranges::adjacent_find(*cells), cells->end());
}

TEST(Cells, EitherWindingIsTheSmallerSide) {  // G3
  auto ring = square(47.06, 6.74, 0.01);
  auto const one = cells_of(ring);
  std::ranges::reverse(ring);
  EXPECT_EQ(*one, *cells_of(ring));
}

TEST(Cells, OfAPolygonWithoutAreaAreThoseOfTheLine) {  // G3
  auto const cells = cells_of(std::vector<LatLng>{{0, 0}, {0, 0.05}, {0, 0.1}});
  ASSERT_TRUE(cells);
  EXPECT_GE(cells->size(), 8u);
  EXPECT_LE(cells->size(), 40u);
}

TEST(Cells, APolygonThatIsNotSimpleIsRefused) {  // G3
  EXPECT_FALSE(cells_of(std::vector<LatLng>{{0, 0}, {0.01, 0.01}, {0, 0.01}, {0.01, 0}}));
  EXPECT_FALSE(cells_of(std::vector<LatLng>{{0, 0}, {0, 0.01}, {0.01, 0.01}, {0, 0}}));
  EXPECT_FALSE(cells_of(std::vector<LatLng>{{0, 0}, {0, 0.01}}));
  EXPECT_FALSE(cells_of(std::vector<LatLng>{{0, 0}, {0, 0.01}, {91, 0}}));
}

TEST(Cells, TwoAndAHalfThousandSquareKilometresAreTheMost) {  // G4
  EXPECT_TRUE(cells_of(square(0, 0, 0.222)));
  auto const over = cells_of(square(0, 0, 0.23));
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, ErrorCode::too_large);
}

TEST(Cells, CirclesAtThePolesAndTheAntimeridian) {  // G5
  for (LatLng const centre :
       {LatLng{90, 0}, LatLng{89.999, 12}, LatLng{-90, 5}, LatLng{10, 180}, LatLng{10, -180}}) {
    auto const cells = cells_of(Circle{centre, 300});
    ASSERT_TRUE(cells);
    EXPECT_GE(cells->size(), 1u);
    EXPECT_LE(cells->size(), 8u);
  }
  EXPECT_EQ(*cells_of(Circle{{10, 180}, 300}), *cells_of(Circle{{10, -180}, 300}));
  EXPECT_FALSE(cells_of(Circle{{0, 0}, 0}));
  EXPECT_EQ(cells_of(Circle{{0, 0}, 50'001}).error().code, ErrorCode::too_large);
}

TEST(Cells, ACircleCoversWhatLiesInIt) {
  auto const circle = cells_of(Circle{{47.06, 6.74}, 3'000});
  auto const inside = cells_of(square(47.06, 6.74, 0.015));
  ASSERT_TRUE(circle && inside);
  EXPECT_TRUE(std::ranges::includes(*circle, *inside));
}

// Promise 5: the straight southern edge of 90 km along 60 degrees north is not the geodesic, which leaves the cells out that lie between.
TEST(Cells, OfAStraightEdgeHoldWhatItsGeodesicWouldLeaveOut) {
  std::vector<model::Point> const ring{{100'000'000, 600'000'000},
                                       {116'200'000, 600'000'000},
                                       {116'200'000, 600'100'000},
                                       {100'000'000, 600'100'000}};
  std::vector<LatLng> same;
  for (model::Point const& one : ring) same.push_back({one.latitude_e7 / 1e7, one.longitude_e7 / 1e7});
  auto const straight = cells_of(ring), geodesic = cells_of(same);
  ASSERT_TRUE(straight && geodesic);
  for (double longitude = 10.01; longitude < 11.62; longitude += 0.01) {
    auto const there = cells_of(Circle{{60.0001, longitude}, 0.5});
    ASSERT_TRUE(there);
    EXPECT_TRUE(std::ranges::includes(*straight, *there)) << longitude;
  }
  EXPECT_FALSE(std::ranges::includes(*geodesic, *straight));
}

}  // namespace
}  // namespace comity::earth
