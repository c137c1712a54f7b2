#include "earth/coordinates.h"

#include <gtest/gtest.h>

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/MGRS.hpp>
#include <GeographicLib/UTMUPS.hpp>
#include <cmath>

#include "base/seam.h"

namespace comity::earth {
namespace {

// `longitude latitude uncertainty`, or why not.
std::string read(std::string_view text) {
  auto const place = read_place(text);
  if (!place) return place.error().detail;
  return std::to_string(place->point.longitude_e7) + " " + std::to_string(place->point.latitude_e7) + " " +
         std::to_string(place->uncertainty_mm);
}

TEST(Coordinates, Degrees) {
  for (char const* text :
       {"41.32N 26.10E", "N41.32 E26.1", "41.32 N, 26.10 E", "26.1E 41.32N", "41.32°N;26.1°E",
        "N 41.32°/E 26.1°", "41.3200000n 026.1000000e", "E26.1,N41.32", "41.32\u00baN 26.1\u02daE"})
    EXPECT_EQ(read(text), "261000000 413200000 0") << text;
  EXPECT_EQ(read("0S 180W"), "-1800000000 0 0");
  EXPECT_EQ(read("33.00000005S 0.00000004W"), "0 -330000001 12");
}

TEST(Coordinates, MinutesAndSeconds) {
  for (char const* text : {"41°19'12\"N 26°06'00\"E", "41\u00b019\u203212\u2033N 26\u00b006\u203200\u2033E",
                           "41 19 12 N 26 6 0 E", "N41 19 12 E26 06 00", "411912N 0260600E",
                           "411912N0260600E", "41°19'12''N, 26°6'E", "41°19.2'N 26°06'E", "4119.2N 02606E",
                           "E 26 06, N 41 19.2", "41\u00b019\u201912\u201dN 26\u00b06\u20190\u201dE"})
    EXPECT_EQ(read(text), "261000000 413200000 0") << text;
  EXPECT_EQ(read("41°00'00.5\"S 0°00'00\"E"), "0 -410001389 6");
}

constexpr char how[] =
    "a place is written like \"41.32N 26.10E\", \"41°19'12\"N 26°06'00\"E\" or \"35T MF 1234 5678\"";
constexpr char which[] =
    "say which coordinate is which, N or S and E or W, and write fractions behind a point";
constexpr char together[] =
    "digits together are two for each of degrees, minutes and seconds; three for degrees E or W";

TEST(Coordinates, WhatIsDoubtfulIsRefused) {
  EXPECT_EQ(read("41.32, 26.10"), which);
  EXPECT_EQ(read("41.32 26.10"), which);
  EXPECT_EQ(read("41,32N 26,10E"), which);
  EXPECT_EQ(read("-41.32 26.10"), "a sign does not say which coordinate it is of: write N, S, E or W");
  EXPECT_EQ(read("41.32N 26.10N"), "one coordinate is N or S, the other E or W");
  EXPECT_EQ(read("41.32N"), how);
  EXPECT_EQ(read(""), how);
  EXPECT_EQ(read("41.32N 26.10E 3"), how);
  EXPECT_EQ(read("41.32N E26.10"), how);
  EXPECT_EQ(read("41.32N 26.10O"), how);
  EXPECT_EQ(read("91N 26E"), "a latitude ends at 90 degrees, a longitude at 180");
  EXPECT_EQ(read("90.0000001N 26E"), "a latitude ends at 90 degrees, a longitude at 180");
  EXPECT_EQ(read("41°60'N 26E"), "minutes and seconds are below sixty");
  EXPECT_EQ(read("41.5°19'N 26E"), "only the last number has a fraction, of at most nine decimals");
  EXPECT_EQ(read("41.1234567891N 26E"), "only the last number has a fraction, of at most nine decimals");
  EXPECT_EQ(read("41'N 26E"), "degrees, minutes and seconds bear each its own mark, in this order");
  EXPECT_EQ(read("4119N 2606E"), together);
  EXPECT_EQ(read("41191N 0260600E"), together);
  EXPECT_EQ(read("41 19 12 1 N 26E"), how);
  EXPECT_EQ(read(std::string(101, '1')), how);
}

TEST(Coordinates, SquaresOfMgrs) {
  auto const where_grids_begin = read_place("31N AA 66021 00000");  // 0 N 0 E
  ASSERT_TRUE(where_grids_begin);
  EXPECT_NEAR(where_grids_begin->point.latitude_e7, 0, 100);
  EXPECT_NEAR(where_grids_begin->point.longitude_e7, 0, 100);
  EXPECT_EQ(where_grids_begin->uncertainty_mm, 723);
  EXPECT_EQ(read("4QFJ1234567890"), read("4q fj 1234567890"));
  char const form[] = "a square of MGRS is written like \"35T MF 1234 5678\", with as many digits each way";
  EXPECT_EQ(read("35TMF"), form);
  EXPECT_EQ(read("35TMF123"), form);
  EXPECT_EQ(read("35TMF 123 45678"), form);
  EXPECT_EQ(read("35TMF 12 34 56 78"), form);
  EXPECT_EQ(read("35TMF123456789012"), form);
  EXPECT_EQ(read("61TMF1234"), "there is no such square of MGRS");
  EXPECT_EQ(read("35TIO1234"), "there is no such square of MGRS");
}

// Whatever place is written as a square lies within the uncertainty of what is read.
TEST(Coordinates, ASquareHoldsItsPlaces) {
  using namespace GeographicLib;
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededEntropy random(seed);
    double const latitude = static_cast<double>(random.next() % 180'000'000) / 1e6 - 90,
                 longitude = static_cast<double>(random.next() % 360'000'000) / 1e6 - 180;
    int zone = 0;
    bool is_north = false;
    double x = 0, y = 0, metres = 0;
    UTMUPS::Forward(latitude, longitude, zone, is_north, x, y);
    std::string square;
    MGRS::Forward(zone, is_north, x, y, latitude, 1 + static_cast<int>(seed % 5), square);
    auto const place = read_place(square);
    ASSERT_TRUE(place) << square << ": " << place.error().detail;
    Geodesic::WGS84().Inverse(latitude, longitude, place->point.latitude_e7 / 1e7,
                              place->point.longitude_e7 / 1e7, metres);
    ASSERT_LE(metres * 1e3, static_cast<double>(place->uncertainty_mm)) << square;
  }
}

}  // namespace
}  // namespace comity::earth
