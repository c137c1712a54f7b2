// The readers, each on a file of its kind as programs write them (tests/vectors/places).
#include "places/read.h"

#include <gtest/gtest.h>

#include "shared.h"

namespace comity::places {
namespace {

std::string sample(std::string const& name) { return tests::read_file("tests/vectors/places/" + name); }

std::vector<Draft> drafts_of(std::string const& name, Format format) {
  std::string const file = sample(name);
  EXPECT_EQ(format_of(file), format) << name;
  auto drafts = read(file, format);
  EXPECT_TRUE(drafts) << name << ": " << (drafts ? "" : drafts.error().detail + drafts.error().pointer);
  return drafts ? *drafts : std::vector<Draft>{};
}

bool has_nothing_to_say(Draft const& draft) { return draft.faults.empty() && draft.remarks.empty(); }

TEST(Read, ATableWithHxlTags) {
  auto const drafts = drafts_of("sites.csv", Format::csv);
  ASSERT_EQ(drafts.size(), 4u);
  Draft const& first = drafts[0];
  EXPECT_TRUE(has_nothing_to_say(first));
  EXPECT_EQ(first.where, "line 4");
  EXPECT_EQ(first.id, "H-017");
  EXPECT_EQ(first.name, "Field hospital \"North\", ward 2");
  EXPECT_EQ(first.kind, model::SiteKind::hospital);
  EXPECT_EQ(first.source, "health cluster");
  EXPECT_EQ(first.measured, "GPS");
  EXPECT_EQ(first.reconfirm_by, parse_time("2096-03-31T00:00:00.000000Z"));
  ASSERT_EQ(first.volumes.size(), 1u);
  EXPECT_EQ(first.volumes[0].shape, Shape::point);
  EXPECT_EQ(first.volumes[0].radius_m, 50);
  EXPECT_EQ(first.volumes[0].points[0].latitude, 36.2021);
  EXPECT_EQ(first.volumes[0].points[0].longitude, 37.1343);
  EXPECT_EQ(drafts[2].name, "مستشفى الميدان");
  EXPECT_EQ(drafts[2].kind, model::SiteKind::hospital);  // a clinic
  EXPECT_EQ(drafts[3].kind, model::SiteKind::water);
  EXPECT_EQ(drafts[3].reconfirm_by, parse_time("2096-03-31T09:00:00.000000Z"));  // it said +03:00
}

TEST(Read, ATableWithPlainHeadingsAndSemicolons) {
  auto const drafts = drafts_of("plain.csv", Format::csv);
  ASSERT_EQ(drafts.size(), 2u);
  EXPECT_EQ(drafts[0].where, "line 2");
  EXPECT_EQ(drafts[0].name, "Well at the mill");
  EXPECT_EQ(drafts[0].volumes[0].radius_m, 30);
  EXPECT_EQ(drafts[1].name, "School of the two rivers");
  EXPECT_EQ(drafts[1].where, "line 5");  // where it ends
}

TEST(Read, GeoJsonWithAreas) {
  auto const drafts = drafts_of("sites.geojson", Format::geojson);
  ASSERT_EQ(drafts.size(), 2u);
  EXPECT_TRUE(has_nothing_to_say(drafts[0]));
  EXPECT_EQ(drafts[0].where, "/features/0");
  EXPECT_EQ(drafts[0].id, "camp-1");
  EXPECT_EQ(drafts[0].kind, model::SiteKind::camp);
  ASSERT_EQ(drafts[0].volumes.size(), 1u);
  EXPECT_EQ(drafts[0].volumes[0].points.size(), 4u) << "the ring is open";
  EXPECT_EQ(drafts[0].volumes[0].points[1].longitude, 37.31);
  ASSERT_EQ(drafts[0].windows.size(), 1u);
  EXPECT_EQ(drafts[0].windows[0].from, parse_time("2095-11-01T00:00:00.000000Z"));
  EXPECT_EQ(drafts[0].windows[0].until, parse_time("2096-04-30T23:59:59.999999Z"));
  EXPECT_EQ(drafts[1].id, "12");
  EXPECT_EQ(drafts[1].volumes.size(), 2u);
}

TEST(Read, GeoJsonWithPointsAndWhatIsWrongInIt) {
  auto const drafts = drafts_of("points.geojson", Format::geojson);
  ASSERT_EQ(drafts.size(), 4u);
  EXPECT_EQ(drafts[0].volumes[0].shape, Shape::point);
  EXPECT_EQ(drafts[0].volumes[0].radius_m, 40);
  EXPECT_EQ(drafts[1].volumes[0].shape, Shape::circle);
  EXPECT_EQ(drafts[1].volumes[0].radius_m, 500);
  EXPECT_EQ(drafts[1].volumes[0].low, (Altitude{0, Unit::m, Reference::agl}));
  EXPECT_EQ(drafts[1].volumes[0].high, (Altitude{120, Unit::m, Reference::agl}));
  EXPECT_EQ(drafts[1].kind, model::SiteKind::other);
  EXPECT_EQ(drafts[1].remarks.size(), 1u) << "granary is no kind";
  ASSERT_EQ(drafts[2].faults.size(), 1u);
  EXPECT_NE(drafts[2].faults[0].find("/features/2/geometry is a line"), std::string::npos);
  ASSERT_EQ(drafts[3].faults.size(), 1u);
  EXPECT_NE(drafts[3].faults[0].find("reconfirm_by is no time"), std::string::npos);
  ASSERT_EQ(drafts[3].remarks.size(), 1u);
  EXPECT_NE(drafts[3].remarks[0].find("hole"), std::string::npos);
  EXPECT_EQ(drafts[3].volumes.size(), 1u);
}

TEST(Read, KmlWithPointAreaAndData) {
  auto const drafts = drafts_of("sites.kml", Format::kml);
  ASSERT_EQ(drafts.size(), 2u);
  EXPECT_TRUE(has_nothing_to_say(drafts[0]));
  EXPECT_EQ(drafts[0].where, "line 8");
  EXPECT_EQ(drafts[0].id, "h1");
  EXPECT_EQ(drafts[0].name, "Hospital of the <old> town");
  EXPECT_EQ(drafts[0].kind, model::SiteKind::hospital);
  EXPECT_EQ(drafts[0].volumes[0].radius_m, 35);
  EXPECT_EQ(drafts[0].volumes[0].points[0].latitude, 36.1991);
  EXPECT_FALSE(drafts[0].volumes[0].low) << "an altitude of KML is that of a drawing";
  EXPECT_EQ(drafts[1].kind, model::SiteKind::school);
  EXPECT_EQ(drafts[1].reconfirm_by, parse_time("2096-03-01T00:00:00.000000Z"));
  ASSERT_EQ(drafts[1].volumes.size(), 1u);
  EXPECT_EQ(drafts[1].volumes[0].points.size(), 4u);
  EXPECT_EQ(drafts[1].windows[0].until, parse_time("2096-06-30T23:59:59.999999Z"));
}

TEST(Read, KmzIsTheKmlInIt) {
  auto const drafts = drafts_of("sites.kmz", Format::kmz);
  ASSERT_EQ(drafts.size(), 2u);
  EXPECT_EQ(drafts[0].name, "Hospital of the <old> town");
  EXPECT_EQ(drafts[0].volumes[0].points.size(), 3u);
}

TEST(Read, Ed269) {
  auto const drafts = drafts_of("zones-ed269.json", Format::ed269);
  ASSERT_EQ(drafts.size(), 2u);
  Draft const& airport = drafts[0];
  EXPECT_TRUE(airport.faults.empty());
  EXPECT_EQ(airport.where, "/features/0");
  EXPECT_EQ(airport.id, "TST/TST0001");
  EXPECT_EQ(airport.name, "Airport east");
  EXPECT_EQ(airport.source, "Civil aviation");
  EXPECT_EQ(airport.kind, model::SiteKind::other);
  EXPECT_TRUE(airport.windows.empty()) << "permanent";
  ASSERT_EQ(airport.volumes.size(), 2u);
  EXPECT_EQ(airport.volumes[0].shape, Shape::circle);
  EXPECT_EQ(airport.volumes[0].radius_m, 5000);
  EXPECT_EQ(airport.volumes[0].points[0].longitude, 7.4801);
  EXPECT_EQ(airport.volumes[0].high, (Altitude{120, Unit::m, Reference::agl}));
  EXPECT_EQ(airport.volumes[1].low, (Altitude{2500, Unit::ft, Reference::amsl}));
  EXPECT_EQ(airport.volumes[1].high, (Altitude{4500.5, Unit::ft, Reference::amsl}));

  Draft const& fair = drafts[1];
  EXPECT_TRUE(has_nothing_to_say(fair));
  EXPECT_EQ(fair.kind, model::SiteKind::temporary_restriction);
  EXPECT_FALSE(fair.volumes[0].low || fair.volumes[0].high);
  ASSERT_EQ(fair.windows.size(), 1u);
  EXPECT_EQ(fair.windows[0].until, parse_time("2096-01-31T23:00:00.000000Z"));
  ASSERT_EQ(fair.windows[0].schedule.size(), 1u);
  EXPECT_EQ(fair.windows[0].schedule[0].days, (std::vector<std::string>{"SAT", "SUN"}));
  EXPECT_EQ(fair.windows[0].schedule[0].start, "08:00:00.00Z");
}

TEST(Read, Ed318) {
  auto const drafts = drafts_of("zones-ed318.json", Format::ed318);
  ASSERT_EQ(drafts.size(), 2u);
  Draft const& hill = drafts[0];
  EXPECT_TRUE(has_nothing_to_say(hill));
  EXPECT_EQ(hill.id, "TST/TSU001");
  EXPECT_EQ(hill.name, "Hill");
  EXPECT_EQ(hill.source, "Nature office");
  EXPECT_EQ(hill.kind, model::SiteKind::temporary_restriction);
  ASSERT_EQ(hill.volumes.size(), 2u);
  EXPECT_EQ(hill.volumes[0].shape, Shape::circle);
  EXPECT_EQ(hill.volumes[0].radius_m, 750);
  EXPECT_EQ(hill.volumes[0].high, (Altitude{300, Unit::m, Reference::w84}));
  EXPECT_EQ(hill.volumes[1].high, (Altitude{12'000, Unit::ft, Reference::amsl}));
  EXPECT_EQ(hill.windows[0].schedule[0].start, "BMCT");
  EXPECT_EQ(hill.windows[0].schedule[0].end, "09:30:00Z");
  EXPECT_EQ(drafts[1].name, "TSU002");
  ASSERT_EQ(drafts[1].remarks.size(), 1u);
  EXPECT_NE(drafts[1].remarks[0].find("NO_RESTRICTION"), std::string::npos);
}

}  // namespace
}  // namespace comity::places
