#include "state/filter.h"

#include <gtest/gtest.h>

namespace comity::state {
namespace {

using model::Point;

constexpr char red[] = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
constexpr char green[] = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
constexpr char amber_of_tlp_1[] = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82";

std::vector<Point> const square = {{0, 0}, {10, 0}, {10, 10}, {0, 10}};
// An arrow that points east: its notch at (4, 5) is cut out of the west side.
std::vector<Point> const arrow = {{0, 0}, {10, 5}, {0, 10}, {4, 5}};

TEST(PointInPolygon, InsideAndOutside) {
  EXPECT_TRUE(lies_in(square, {5, 5}));
  EXPECT_FALSE(lies_in(square, {11, 5}));
  EXPECT_FALSE(lies_in(square, {-1, 5}));
  EXPECT_FALSE(lies_in(square, {5, 11}));
}

TEST(PointInPolygon, EdgesAndVerticesBelongToTheArea) {
  for (Point const vertex : square) EXPECT_TRUE(lies_in(square, vertex));
  EXPECT_TRUE(lies_in(square, {5, 0}));
  EXPECT_TRUE(lies_in(square, {10, 5}));
  EXPECT_TRUE(lies_in(square, {5, 10}));
  EXPECT_TRUE(lies_in(square, {0, 5}));
  EXPECT_TRUE(lies_in(arrow, {2, 1})) << "on a slanted edge";
}

TEST(PointInPolygon, ARayThroughVerticesCountsThemOnce) {
  EXPECT_FALSE(lies_in(arrow, {1, 5})) << "in the notch; the ray meets the vertices (4, 5) and (10, 5)";
  EXPECT_TRUE(lies_in(arrow, {5, 5}));
  EXPECT_FALSE(lies_in(arrow, {-1, 0})) << "the ray touches the corner (0, 0)";
  EXPECT_FALSE(lies_in(square, {-1, 10})) << "the ray runs along an edge";
  EXPECT_FALSE(lies_in(square, {12, 0})) << "on the line of an edge, beyond it";
}

TEST(PointInPolygon, DirectionDoesNotMatter) {
  std::vector<Point> const back(arrow.rbegin(), arrow.rend());
  for (int32_t x = -1; x <= 11; ++x)
    for (int32_t y = -1; y <= 11; ++y)
      EXPECT_EQ(lies_in(arrow, {x, y}), lies_in(back, {x, y})) << x << ' ' << y;
}

TEST(PointInPolygon, TheWholeEarthDoesNotOverflow) {
  std::vector<Point> const half = {
      {-1'800'000'000, -900'000'000}, {1'800'000'000, -900'000'000}, {1'800'000'000, 900'000'000}};
  EXPECT_TRUE(lies_in(half, {1'800'000'000, 900'000'000}));
  EXPECT_TRUE(lies_in(half, {0, 0})) << "on the diagonal";
  EXPECT_FALSE(lies_in(half, {0, 1}));
  EXPECT_TRUE(lies_in(half, {0, -1}));
}

struct Filters : testing::Test {
  Item item;
  model::Filter filter;

  bool granted() { return matches(filter, item, FilterUse::grant); }
  bool prohibited() { return matches(filter, item, FilterUse::prohibition); }
};

TEST_F(Filters, AnEmptyFilterIsNoLimit) {
  EXPECT_TRUE(granted());
  EXPECT_TRUE(prohibited());
}

TEST_F(Filters, EveryPartMustHold) {
  item.head.type = "report";
  item.facts.labels = {"isil"};
  filter.types = {"report"};
  filter.labels_any = {"isil", "source"};
  EXPECT_TRUE(granted());
  filter.labels_all = {"isil", "source"};
  EXPECT_FALSE(granted());
  EXPECT_FALSE(prohibited());
}

TEST_F(Filters, NoLabelsIsAListThatCanBeRead) {
  filter.labels_any = {"source"};
  EXPECT_FALSE(granted());
  EXPECT_FALSE(prohibited());
}

TEST_F(Filters, WhatCannotBeEvaluatedIsNotGrantedAndIsProhibited) {
  filter.area = square;
  EXPECT_FALSE(granted()) << "an item without a place";
  EXPECT_TRUE(prohibited());
  filter.area = std::nullopt;
  filter.valid_within = model::Window{{0}, {100}};
  item.facts.valid_from = UtcTime{10};
  EXPECT_FALSE(granted()) << "one of two times is missing";
  EXPECT_TRUE(prohibited());
}

TEST_F(Filters, AValidityWindowHoldsTheWholeValidity) {
  filter.valid_within = model::Window{{10}, {20}};
  item.facts.valid_from = UtcTime{10}, item.facts.valid_until = UtcTime{20};
  EXPECT_TRUE(granted()) << "both are half-open";
  item.facts.valid_until = UtcTime{21};
  EXPECT_FALSE(granted());
  EXPECT_FALSE(prohibited()) << "evaluated, and it does not hold";
}

TEST_F(Filters, TheStrictestMarkingCounts) {
  item.facts.markings = {green, amber_of_tlp_1};
  EXPECT_EQ(object_level(item), model::Tlp::amber);
  filter.marking_max = model::Tlp::amber;
  EXPECT_TRUE(granted());
  item.facts.markings.push_back(red);
  EXPECT_FALSE(granted());
}

TEST_F(Filters, UnmarkedIsSaidApart) {
  filter.unmarked = model::Allow::deny;
  EXPECT_FALSE(granted());
  item.facts.markings = {green};
  EXPECT_TRUE(granted());
}

}  // namespace
}  // namespace comity::state
