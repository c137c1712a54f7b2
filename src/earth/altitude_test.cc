#include "earth/altitude.h"

#include <gtest/gtest.h>

#include "base/seam.h"

namespace comity::earth {
namespace {

using Ring = std::vector<model::Point>;

Ring square(int32_t longitude_e7, int32_t latitude_e7, int32_t side_e7) {
  return {{longitude_e7, latitude_e7},
          {longitude_e7 + side_e7, latitude_e7},
          {longitude_e7 + side_e7, latitude_e7 + side_e7},
          {longitude_e7, latitude_e7 + side_e7}};
}

// Both sides, as `low high`, or why not.
std::string both(Altitude const& altitude, std::optional<Ground> const& ground = {},
                 Geoid const* geoid = nullptr,
                 Ring const& ring = square(260'000'000, 410'000'000, 1'000'000)) {
  std::string all;
  for (Side const side : {Side::low, Side::high}) {
    auto const mm = outward_mm(altitude, side, ring, ground, geoid);
    all += (all.empty() ? "" : " ") + (mm ? std::to_string(*mm) : "(" + mm.error().detail + ")");
  }
  return all;
}

constexpr char no_ground[] =
    "(heights above ground need `ground`, the lowest and the highest ground under the volume)";

TEST(Altitude, MetresAndFeetAboveTheEllipsoid) {
  EXPECT_EQ(both({6'000, Unit::m, Reference::w84}), "6000000 6000000");
  EXPECT_EQ(both({1, Unit::ft, Reference::w84}), "304 305");
  EXPECT_EQ(both({-1, Unit::ft, Reference::w84}), "-305 -304");
  EXPECT_EQ(both({5, Unit::ft, Reference::w84}), "1524 1524");
  EXPECT_EQ(both({100'000, Unit::m, Reference::w84}), "100000000 100000000");
  EXPECT_EQ(both({100'001, Unit::m, Reference::w84}),
            "(an altitude lower or higher than any) (an altitude lower or higher than any)");
}

TEST(Altitude, LevelsHaveTheMarginOfRealAir) {
  EXPECT_EQ(both({300, Unit::fl, Reference::level}), "5915200 10758400");
  EXPECT_EQ(both({30'000, Unit::ft, Reference::level}), "5915200 10758400");
  EXPECT_EQ(both({0, Unit::fl, Reference::level}), "-1400000 700000");
  EXPECT_EQ(both({-100, Unit::m, Reference::level}), "-1520000 610000");
}

TEST(Altitude, AboveGroundOnlyWhereItIsDeclared) {
  Altitude const high{120, Unit::m, Reference::agl}, ground{0, Unit::none, Reference::ground};
  EXPECT_EQ(both(high), std::string(no_ground) + " " + no_ground);
  EXPECT_EQ(both(high, Ground{35'000, 90'500}), "155000 210500");
  EXPECT_EQ(both(ground), std::string("-8000000 ") + no_ground);
  EXPECT_EQ(both(ground, Ground{35'000, 90'500}), "35000 90500");
}

TEST(Altitude, WithoutBoundIsAHighOne) {
  EXPECT_EQ(both({0, Unit::none, Reference::unlimited}), "(UNL is no low bound) 100000000");
}

TEST(Altitude, ReferencesGoWithTheirUnits) {
  EXPECT_FALSE(outward_mm({1, Unit::fl, Reference::amsl}, Side::low, {}, {}, nullptr));
  EXPECT_FALSE(outward_mm({1, Unit::m, Reference::ground}, Side::low, {}, {}, nullptr));
  EXPECT_TRUE(go_together(Reference::level, Unit::m));
}

TEST(Altitude, AboveTheSeaNeedsItsHeight) {
  EXPECT_EQ(both({0, Unit::m, Reference::amsl}),
            "(" + std::string(geoid_missing) + ") (" + geoid_missing + ")");
}

// The sea over places that tables give, to a metre.
TEST(Geoid, IsTheOneOfEgm96) {
  auto const geoid = installed_geoid();
  ASSERT_TRUE(geoid) << geoid_missing;
  EXPECT_NEAR(geoid->at({0, 0}), 17'160, 20);                          // on a node
  EXPECT_NEAR(geoid->at({-30'094'444, 167'758'333}), 28'707, 1'000);   // Timbuktu
  EXPECT_NEAR(geoid->at({788'000'000, 47'000'000}), -106'000, 1'500);  // the deepest, south of India
  EXPECT_NEAR(geoid->at({1'800'000'000, 100'000'000}), geoid->at({-1'800'000'000, 100'000'000}), 0);
  EXPECT_FALSE(Geoid::open("/dev/null"));
  EXPECT_FALSE(Geoid::open("no such file"));
}

// Whatever the place in the footprint, the bound is beyond the altitude there.
TEST(Geoid, BoundsHoldOverTheWholeFootprint) {
  auto const geoid = installed_geoid();
  ASSERT_TRUE(geoid) << geoid_missing;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededEntropy random(seed);
    auto const pick = [&](uint64_t below) { return static_cast<int32_t>(random.next() % below); };
    int32_t const side = pick(60'000'000) + 1, west = pick(1'740'000'000),
                  south = pick(1'740'000'000) - 900'000'000;
    Ring const ring = square(seed % 2 == 0 ? west : -west - 60'000'000, south, side);
    auto const low = outward_mm({100, Unit::m, Reference::amsl}, Side::low, ring, {}, geoid.get()),
               high = outward_mm({100, Unit::m, Reference::amsl}, Side::high, ring, {}, geoid.get());
    ASSERT_TRUE(low && high);
    for (int i = 0; i < 50; ++i) {
      model::Point const in{ring[0].longitude_e7 + pick(static_cast<uint64_t>(side)),
                            ring[0].latitude_e7 + pick(static_cast<uint64_t>(side))};
      ASSERT_LE(*low, 100'000 + geoid->at(in) - 2'000 + 1);
      ASSERT_GE(*high, 100'000 + geoid->at(in) + 2'000 - 1);
    }
  }
}

TEST(Geoid, AcrossTheAntimeridianAndRoundAPole) {
  auto const geoid = installed_geoid();
  ASSERT_TRUE(geoid) << geoid_missing;
  Ring const across = {{1'799'000'000, 0}, {-1'799'000'000, 0}, {-1'799'000'000, 1'000'000}};
  Geoid::Bounds const here = geoid->under(across),
                      there = geoid->under(square(1'795'000'000, -1'000'000, 5'000'000));
  EXPECT_LT(here.high_mm - here.low_mm, 6'000);
  EXPECT_NEAR(here.low_mm, there.low_mm, 2'000);
  Ring const round = {{0, 800'000'000}, {1'200'000'000, 800'000'000}, {-1'200'000'000, 800'000'000}};
  EXPECT_LT(geoid->under(round).low_mm, -100'000);
  EXPECT_GT(geoid->under(round).high_mm, 80'000);
}

}  // namespace
}  // namespace comity::earth
