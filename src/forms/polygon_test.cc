#include "forms/polygon.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace comity::forms {
namespace {

using Polygon = std::vector<model::Point>;

TEST(Polygon, SimpleOnes) {
  EXPECT_TRUE(is_simple(Polygon{{0, 0}, {4, 0}, {0, 4}}));
  EXPECT_TRUE(is_simple(Polygon{{0, 0}, {2, 0}, {4, 0}, {4, 4}})) << "a point in the middle of an edge";
  EXPECT_TRUE(is_simple(Polygon{{0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}})) << "not convex";
  EXPECT_TRUE(is_simple(Polygon{{-1'800'000'000, -900'000'000},
                                {1'800'000'000, -900'000'000},
                                {1'800'000'000, 900'000'000},
                                {-1'800'000'000, 900'000'000}}))
      << "the whole Earth, whose products need 128 bits";
}

TEST(Polygon, OthersAreNot) {
  EXPECT_FALSE(is_simple(Polygon{{0, 0}, {4, 0}})) << "two points";
  EXPECT_FALSE(is_simple(Polygon{{0, 0}, {4, 4}, {4, 0}, {0, 4}})) << "a bow tie";
  EXPECT_FALSE(is_simple(Polygon{{0, 0}, {4, 0}, {4, 0}, {0, 4}})) << "a point repeats";
  EXPECT_FALSE(is_simple(Polygon{{0, 0}, {4, 0}, {8, 0}})) << "no area";
  EXPECT_FALSE(is_simple(Polygon{{0, 0}, {4, 0}, {2, 0}, {2, 4}})) << "runs back over itself";
  EXPECT_FALSE(is_simple(Polygon{{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}})) << "a point on another edge";
  EXPECT_FALSE(is_simple(Polygon{{0, 0}, {2, 2}, {4, 0}, {4, 4}, {2, 2}, {0, 4}}))
      << "two triangles at one point";
}

// Where it begins and which way round it goes says nothing.
TEST(Polygon, BeginningAndDirectionDoNotMatter) {
  for (Polygon polygon : {Polygon{{0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}},
                          Polygon{{0, 0}, {4, 4}, {4, 0}, {0, 4}}, Polygon{{0, 0}, {4, 0}, {2, 0}, {2, 4}}}) {
    bool const expected = is_simple(polygon);
    for (size_t turn = 0; turn < polygon.size(); ++turn) {
      std::ranges::rotate(polygon, polygon.begin() + 1);
      EXPECT_EQ(is_simple(polygon), expected);
      Polygon const reversed(polygon.rbegin(), polygon.rend());
      EXPECT_EQ(is_simple(reversed), expected);
    }
  }
}

}  // namespace
}  // namespace comity::forms
