#include "geometry/ring.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "geometry/outline.h"
#include "geometry/sample_rings.h"

namespace comity::geometry {
namespace {

using namespace samples;
using Kind = RingFault::Kind;

constexpr int32_t edge_of_map = 1'800'000'000, pole = 900'000'000;

std::optional<RingFault> fault(Kind kind, size_t at) { return RingFault{kind, at}; }

TEST(Ring, SimpleOnesPass) {
  EXPECT_EQ(check_ring(Ring{{0, 0}, {4, 0}, {0, 4}}), std::nullopt);
  EXPECT_EQ(check_ring(Ring{{0, 0}, {2, 0}, {4, 0}, {4, 4}}), std::nullopt)
      << "a point in the middle of an edge";
  EXPECT_EQ(check_ring(Ring{{0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}}), std::nullopt) << "concave";
  EXPECT_EQ(check_ring(Ring{{0, 4}, {2, 1}, {4, 4}, {4, 0}, {0, 0}}), std::nullopt) << "the other way round";
}

TEST(Ring, TheFirstFaultIsSaid) {
  EXPECT_EQ(check_ring(Ring{}), fault(Kind::too_few_points, 0));
  EXPECT_EQ(check_ring(Ring{{0, 0}, {4, 0}}), fault(Kind::too_few_points, 2));
  EXPECT_EQ(check_ring(Ring{{0, 0}, {edge_of_map + 1, 0}, {4, 4}}), fault(Kind::out_of_range, 1));
  EXPECT_EQ(check_ring(Ring{{0, 0}, {4, 0}, {4, -pole - 1}}), fault(Kind::out_of_range, 2));
  EXPECT_EQ(check_ring(Ring{{0, 0}, {4, 0}, {4, 4}, {0, 0}}), fault(Kind::repeated_point, 3)) << "closed";
  EXPECT_EQ(check_ring(Ring{{0, 0}, {4, 0}, {4, 0}, {0, 4}}), fault(Kind::repeated_point, 2));
  EXPECT_EQ(check_ring(Ring{{0, 0}, {4, 0}, {2, 0}, {2, 4}}), fault(Kind::folded, 0));
  EXPECT_EQ(check_ring(Ring{{2, 0}, {2, 4}, {0, 0}, {4, 0}}), fault(Kind::folded, 2)) << "over the end";
  EXPECT_EQ(check_ring(Ring{{0, 0}, {4, 4}, {4, 0}, {0, 4}}), fault(Kind::crossing, 0)) << "a bow tie";
  EXPECT_EQ(check_ring(Ring{{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}}), fault(Kind::crossing, 0))
      << "touches an edge";
  EXPECT_EQ(check_ring(Ring{{0, 0}, {9, 0}, {9, 9}, {3, 9}, {3, 3}, {6, 3}, {6, 6}, {0, 6}}),
            fault(Kind::crossing, 3))
      << "overlaps itself";
}

TEST(Ring, HalfATurnHasNoShorterWay) {
  EXPECT_EQ(check_ring(Ring{{0, 0}, {edge_of_map, 0}, {4, 4}}), fault(Kind::half_a_turn, 0));
  EXPECT_EQ(check_ring(Ring{{-5, 0}, {0, 3}, {edge_of_map - 5, 1}}), fault(Kind::half_a_turn, 2));
  EXPECT_EQ(check_ring(Ring{{0, 0}, {edge_of_map - 1, 0}, {4, 4}}), std::nullopt);
}

TEST(Ring, WithoutAreaItIsALine) {
  EXPECT_EQ(check_ring(Ring{{0, 0}, {4, 2}, {2, 1}}), std::nullopt);
  EXPECT_EQ(check_ring(Ring{{0, 0}, {6, 3}, {2, 1}, {4, 2}}), std::nullopt) << "in any order";
  EXPECT_EQ(check_ring(Ring{{0, 0}, {4, 2}, {0, 0}}), fault(Kind::repeated_point, 2)) << "but no point twice";
  EXPECT_EQ(check_ring(Ring{{edge_of_map - 1, 0}, {-edge_of_map + 3, 0}, {edge_of_map, 0}}), std::nullopt);
}

TEST(Ring, AcrossTheAntimeridian) {
  EXPECT_EQ(check_ring(box(edge_of_map - 5, 0, -edge_of_map + 5, 9)), std::nullopt);
  EXPECT_EQ(check_ring(Ring{{edge_of_map, 0}, {-edge_of_map, 0}, {5, 5}}), fault(Kind::repeated_point, 1))
      << "180 and -180 are one meridian";
  EXPECT_EQ(check_ring(Ring{
                {edge_of_map - 5, 0}, {-edge_of_map + 5, 9}, {-edge_of_map + 5, 0}, {edge_of_map - 5, 9}}),
            fault(Kind::crossing, 0));
}

TEST(Ring, OnceRoundAPole) {
  Ring const around{{0, pole - 9}, {120 * degree, pole - 5}, {-120 * degree, pole - 7}};
  EXPECT_EQ(check_ring(around), std::nullopt);
  EXPECT_EQ(check_ring(Ring(around.rbegin(), around.rend())), std::nullopt);
  EXPECT_EQ(
      check_ring(
          Ring{{0, 0}, {120 * degree, 4}, {-120 * degree, 8}, {3, 9}, {125 * degree, 0}, {-125 * degree, 3}}),
      fault(Kind::crossing, 0))
      << "twice round crosses itself";
}

// A spiral that goes twice round before it comes back: no place twice on the Earth, though it is wider than a turn.
TEST(Ring, ASpiralWiderThanATurnIsSimple) {
  Ring spiral;
  for (int i = 0; i <= 8; ++i)
    spiral.push_back({static_cast<int32_t>((i * 90 + 180) % 360 - 180) * degree, i * degree});
  for (int i = 8; i >= 0; --i)
    spiral.push_back({static_cast<int32_t>((i * 90 + 180) % 360 - 180) * degree, i * degree + degree});
  EXPECT_EQ(check_ring(spiral), std::nullopt);
  EXPECT_EQ(Outline(spiral).turned(), 0);
  EXPECT_EQ(Outline(spiral).box().east - Outline(spiral).box().west, 2 * turn_e7);
  for (size_t i = 9; i < spiral.size(); ++i)
    spiral[i].latitude_e7 += 4 * degree;  // reaches what lies one turn on
  EXPECT_TRUE(check_ring(spiral));
}

TEST(Ring, AThousandPoints) {
  Ring ring = round(0, 0, 5'000'000, 1000);
  EXPECT_EQ(check_ring(ring), std::nullopt);
  EXPECT_EQ(check_ring(comb(0, 0, 1'000'000, 250)), std::nullopt);
  std::swap(ring[500], ring[503]);
  EXPECT_EQ(check_ring(ring)->kind, Kind::crossing);
  ring = round(0, 0, 5'000'000, 1000);
  ring[700] = ring[20];
  EXPECT_EQ(check_ring(ring), fault(Kind::repeated_point, 700));
}

TEST(Ring, BeginningAndDirectionDoNotMatter) {
  for (Ring ring : {Ring{{0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}}, Ring{{0, 0}, {4, 4}, {4, 0}, {0, 4}},
                    Ring{{0, 0}, {4, 0}, {2, 0}, {2, 4}}, comb(0, 0, 5, 9)}) {
    auto const kind_of = [](Ring const& asked) { return check_ring(asked).value_or(RingFault{}).kind; };
    auto const expected = kind_of(ring);
    for (size_t turn = 0; turn < ring.size(); ++turn) {
      std::ranges::rotate(ring, ring.begin() + 1);
      EXPECT_EQ(kind_of(ring), expected);
      EXPECT_EQ(kind_of(Ring(ring.rbegin(), ring.rend())), expected);
    }
  }
}

TEST(Outline, TheNearerPoleIsInside) {
  auto const around = [](int32_t latitude) {
    return Outline(Ring{{0, latitude}, {120 * degree, latitude}, {-120 * degree, latitude}});
  };
  EXPECT_TRUE(around(degree).reaches_north_pole());
  EXPECT_FALSE(around(degree).reaches_south_pole());
  EXPECT_TRUE(around(-degree).reaches_south_pole());
  EXPECT_FALSE(around(-degree).reaches_north_pole());
  EXPECT_TRUE(around(0).reaches_north_pole()) << "exactly between them";
}

// Numbers that no ring may have: whatever is answered, no overflow (the sanitizers look on).
TEST(Outline, AnyNumbersAtAll) {
  constexpr int32_t low = INT32_MIN, high = INT32_MAX;
  Ring const wild{{low, low}, {high, high}, {low, high}, {high, low}, {0, 0}};
  EXPECT_EQ(Outline(wild).edges() >= 5, true);
  EXPECT_EQ(Outline(Ring{}).edges(), 0u);
  EXPECT_EQ(Outline(Ring{{1, 2}}).edges(), 1u);
}

}  // namespace
}  // namespace comity::geometry
