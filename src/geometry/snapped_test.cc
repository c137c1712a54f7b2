#include "geometry/snapped.h"

#include <gtest/gtest.h>

#include <bit>

#include "codec/codec.h"
#include "geometry/sample_rings.h"

namespace comity::geometry {
namespace {

using namespace samples;
using model::Extent;

constexpr int32_t edge_of_map = 1'800'000'000, pole = 900'000'000;
constexpr Grid eight{.cell_e7 = 8, .altitude_m = 4, .time_s = 2};
constexpr size_t plenty = 100'000;

Snapped snapped(Ring const& ring, Grid const& grid = eight, Separation const& separation = {}) {
  auto const answer = snap(everywhere_above(ring), separation, grid, plenty);
  EXPECT_TRUE(answer);
  return *answer;
}

std::vector<Square> squares(Ring const& ring, Grid const& grid = eight) {
  return snapped(ring, grid).squares;
}

TEST(Snapped, SquaresAreHalfOpen) {
  EXPECT_EQ(squares(box(0, 0, 7, 7)), (std::vector<Square>{{0, 0}}));
  EXPECT_EQ(squares(box(0, 0, 8, 7)), (std::vector<Square>{{0, 0}, {0, 1}})) << "8 belongs to the next";
  EXPECT_EQ(squares(box(0, 0, 7, 8)), (std::vector<Square>{{0, 0}, {1, 0}}));
  EXPECT_EQ(squares(box(-1, -1, 0, 0)), (std::vector<Square>{{-1, -1}, {-1, 0}, {0, -1}, {0, 0}}));
  EXPECT_EQ(squares(box(-8, -8, -1, -1)), (std::vector<Square>{{-1, -1}})) << "down, not toward zero";
}

TEST(Snapped, ACornerThatIsOnlyApproachedIsNotTouched) {
  // Its hypotenuse goes through (8, 8), which is in square (1, 1), and otherwise stays out of it.
  EXPECT_EQ(squares(Ring{{0, 0}, {16, 0}, {0, 16}}),
            (std::vector<Square>{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {2, 0}}));
  // Its long edge goes from (1, 9) to (9, 1): x + y = 10, past (8, 2) and (2, 8), never in the square of (8, 8).
  EXPECT_EQ(squares(Ring{{1, 1}, {9, 1}, {1, 9}}), (std::vector<Square>{{0, 0}, {0, 1}, {1, 0}}));
  // Upward and eastward through (8, 8) exactly: row 0 ends before it, so square (0, 1) has nothing.
  EXPECT_EQ(squares(Ring{{4, 4}, {12, 12}, {6, 6}}), (std::vector<Square>{{0, 0}, {1, 1}}));
}

TEST(Snapped, TheInsideIsFilled) {
  EXPECT_EQ(squares(box(0, 0, 79, 79)).size(), 100u);
  EXPECT_EQ(squares(comb(0, 0, 1'000, 3), Grid{.cell_e7 = 1}).size(), 3u * 10 + 3u * 2 * 1'000)
      << "a bar and three teeth of 2 columns";
}

TEST(Snapped, LinesHaveSquaresToo) {
  EXPECT_EQ(squares(Ring{{0, 3}, {20, 3}, {10, 3}}), (std::vector<Square>{{0, 0}, {0, 1}, {0, 2}}));
  EXPECT_EQ(squares(Ring{{3, 0}, {3, 20}, {3, 10}}), (std::vector<Square>{{0, 0}, {1, 0}, {2, 0}}));
}

// A turn is 3,600,000,000, no multiple of 2^20: the squares at its two ends are cut off.
TEST(Snapped, AcrossTheAntimeridian) {
  Grid const grid{.cell_e7 = 1 << 20};
  int32_t const last = 1716, first = -1717;  // of (180e7 - 1) and -180e7
  EXPECT_EQ(squares(box(edge_of_map - 5, 0, -edge_of_map + 5, 9), grid),
            (std::vector<Square>{{0, first}, {0, last}}));
  EXPECT_EQ(squares(box(edge_of_map - 5, 0, edge_of_map - 1, 9), grid), (std::vector<Square>{{0, last}}));
  EXPECT_EQ(squares(box(edge_of_map - 5, 0, edge_of_map, 9), grid),
            (std::vector<Square>{{0, first}, {0, last}}))
      << "180 is -180";
  EXPECT_EQ(squares(box(-edge_of_map, 0, -edge_of_map + 5, 9), grid), (std::vector<Square>{{0, first}}));
}

TEST(Snapped, AcrossTheAntimeridianWhereverTheRingBegins) {
  Grid const grid{.cell_e7 = 1 << 12};
  Ring ring = box(edge_of_map - 50'000, 0, -edge_of_map + 50'000, 20'000);
  auto const expected = squares(ring, grid);
  for (size_t turn = 0; turn < ring.size(); ++turn) {
    std::ranges::rotate(ring, ring.begin() + 1);
    EXPECT_EQ(squares(ring, grid), expected);
  }
}

TEST(Snapped, RingsRoundAPole) {
  Grid const grid{.cell_e7 = 1 << 27};
  size_t const all = 28;  // 1,800,000,000 / 2^27 is between 13 and 14
  Ring const cap{{0, 85 * degree}, {120 * degree, 85 * degree}, {-120 * degree, 85 * degree}};
  EXPECT_EQ(squares(cap, grid).size(), all) << "one row";
  EXPECT_EQ(squares(flipped(cap, 0), grid).front(), (Square{-7, -14}));
  EXPECT_EQ(squares(box(0, 85 * degree, 9, pole), grid).size(), all) << "the pole has every longitude";
  EXPECT_EQ(squares(box(0, 85 * degree, 9, pole - 1), grid).size(), 1u);
  EXPECT_EQ(snapped(box(0, 85 * degree, 9, pole - 1), grid, {.horizontal_mm = 200}).squares.size(), all)
      << "widened over the pole";
}

TEST(Snapped, WidenedByHalfRoundedUp) {
  Grid const grid{.cell_e7 = 1, .altitude_m = 1, .time_s = 1};
  EXPECT_EQ(snapped(Ring{{0, 0}, {2, 0}, {1, 0}}, grid, {.horizontal_mm = 21}).squares.size(), 3u * 5)
      << "11 mm: one step along either";
  EXPECT_EQ(snapped(Ring{{0, 0}, {2, 0}, {1, 0}}, grid, {.horizontal_mm = 23}).squares.size(), 5u * 7)
      << "12 mm: two";
  Extent extent = everywhere_above(box(0, 0, 1, 1));
  extent.low_mm = 0, extent.high_mm = 999, extent.from = {0}, extent.until = {999'999};
  EXPECT_EQ(snap(extent, {}, grid, plenty)->altitude, (Steps{0, 0}));
  EXPECT_EQ(snap(extent, {}, grid, plenty)->time, (Steps{0, 0}));
  EXPECT_EQ(snap(extent, {0, 1, 1}, grid, plenty)->altitude, (Steps{-1, 1}));
  EXPECT_EQ(snap(extent, {0, 1, 1}, grid, plenty)->time, (Steps{-1, 1}));
}

TEST(Snapped, NoBoundHasNoLastStep) {
  Snapped const all = snapped(box(0, 0, 1, 1), eight, {0, INT32_MAX, INT64_MAX});
  EXPECT_EQ(all.altitude, Steps{});
  EXPECT_EQ(all.time, Steps{});
  Extent extent = everywhere_above(box(0, 0, 1, 1));
  extent.from = {INT64_MIN + 1}, extent.until = {INT64_MAX - 1};
  Steps const time = snap(extent, {0, 0, INT64_MAX}, eight, plenty)->time;
  EXPECT_LT(time.first, INT64_MIN / 2'000'000);
  EXPECT_GT(time.last, INT64_MAX / 2'000'000);
}

TEST(Snapped, TooManySquares) {
  Extent const extent = everywhere_above(box(0, 0, 79, 79));
  EXPECT_TRUE(snap(extent, {}, eight, 100));
  EXPECT_EQ(snap(extent, {}, eight, 99).error(), SnapFault::too_many_squares);
  EXPECT_EQ(snap(everywhere_above(box(0, 0, 9, 80 * degree)), {}, eight, 99).error(),
            SnapFault::too_many_squares)
      << "after no work at all";
  EXPECT_EQ(snap(extent, {}, eight, 0).error(), SnapFault::too_many_squares);
}

TEST(Snapped, WhatTwoShare) {
  Extent a = everywhere_above(box(0, 0, 40, 40)), b = everywhere_above(box(33, 17, 70, 90));
  a.low_mm = 0, a.high_mm = 9'000, a.from = {0}, a.until = {10'000'000};
  b.low_mm = 5'000, b.high_mm = 90'000, b.from = {5'000'000}, b.until = {90'000'000};
  auto const mine = *snap(a, {}, eight, plenty), other = *snap(b, {}, eight, plenty);
  EXPECT_TRUE(meet(mine, other));
  EXPECT_EQ(shared(mine, other), (Shared{eight, 2, 5, 4, 5, {1, 2}, {2, 5}}));
  EXPECT_EQ(shared(other, mine), shared(mine, other));
  b.from = {12'000'000};
  EXPECT_FALSE(meet(mine, *snap(b, {}, eight, plenty))) << "the next step of time";
  b.from = {11'999'999};
  EXPECT_TRUE(meet(mine, *snap(b, {}, eight, plenty))) << "not the same instant, but the same step";
  EXPECT_EQ(shared(mine, snapped(box(48, 48, 50, 50))), std::nullopt);
}

TEST(Snapped, WhatTwoShareAcrossTheAntimeridian) {
  Grid const grid{.cell_e7 = 1 << 20};
  auto const across = snapped(box(edge_of_map - (3 << 20), 0, -edge_of_map + (3 << 20), 9), grid);
  auto const found = shared(across, across);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->west, 1713);
  EXPECT_EQ(found->east, -1714) << "eastward from west";
}

TEST(Snapped, HasOneEncoding) {
  Snapped const all = snapped(box(-9, -9, 20, 9));
  EXPECT_EQ(codec::decode<Snapped>(codec::encode(all)).value(), all);
}

}  // namespace
}  // namespace comity::geometry
