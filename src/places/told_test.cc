#include "places/told.h"

#include <gtest/gtest.h>

#include "places/body.h"

namespace comity::places {
namespace {

json::Value parsed(std::string const& text) { return json::parse(text, text.size()).value(); }

Draft site() {
  Draft draft;
  draft.name = "A", draft.source = "s", draft.kind = model::SiteKind::school;
  draft.reconfirm_by = parse_time("2027-01-01T00:00:00.000000Z");
  return draft;
}

// As a centre tells it, with these volumes and this `said`.
json::Value row(std::string const& extents, std::string const& said = "") {
  return parsed(
      R"({"id":"u","version":3,"kind":"school","name":"A","source":"s","measured":"","stale":false,)"
      R"("reconfirm_by":"2027-01-01T00:00:00.000000Z","extents":)" +
      extents + (said.empty() ? "" : R"(,"said":)" + said) + "}");
}
bool told(Draft const& draft, json::Value const& row) { return is_told(body_of(draft, "u"), row); }

TEST(Told, APlainPolygonByItsVolume) {
  Draft draft = site();
  draft.volumes = {
      {Shape::polygon, {{1, 2}, {1, 3}, {2, 3}}, {}, {}, Altitude{120, Unit::m, Reference::w84}}};
  std::string const ring = R"({"polygon":[[20000000,10000000],[30000000,10000000],[30000000,20000000]])";
  EXPECT_TRUE(told(draft, row("[" + ring + R"(,"high_mm":120000}])")));
  EXPECT_FALSE(told(draft, row("[" + ring + R"(,"high_mm":121000}])")));
  EXPECT_FALSE(told(draft, row("[" + ring + "}]")));
  EXPECT_FALSE(told(draft, row("[" + ring + R"(,"high_mm":120000,"low_mm":0}])")));
  EXPECT_FALSE(told(draft, row("[" + ring + R"(,"high_mm":120000,"from":"2026-01-01T00:00:00.000000Z"}])")));
  EXPECT_FALSE(told(draft, row("[" + ring + R"(,"high_mm":120000},)" + ring + "}]")));
  draft.volumes[0].high = {120, Unit::m, Reference::amsl};
  EXPECT_FALSE(told(draft, row("[" + ring + R"(,"high_mm":120000}])"))) << "above the sea is another height";
  draft.volumes[0].high = {120, Unit::m, Reference::w84}, draft.name = "B";
  EXPECT_FALSE(told(draft, row("[" + ring + R"(,"high_mm":120000}])")));
}

TEST(Told, WhatWasSaidOtherwiseByWhatWasSaid) {
  Draft draft = site();
  draft.volumes = {
      {Shape::point, {{1, 2}}, 50, {}, {}},
      {Shape::polygon, {{1, 2}, {1, 3}, {2, 3}}, {}, {}, Altitude{95, Unit::flight_level, Reference::amsl}}};
  std::string const around = R"({"polygon":[[1,2],[3,4],[5,6]]})";
  std::string const ring =
      R"({"polygon":[[20000000,10000000],[30000000,10000000],[30000000,20000000]],"high_mm":9})";
  std::string const point = R"({"point":{"uncertainty_m":50,"at":[20000000,10000000]}})";
  std::string const level = R"({"high":{"reference":"FL","unit":"FL","value":95}})";
  auto const said = [](std::string const& a, std::string const& b) {
    return R"({"extents":[)" + a + "," + b + "]}";
  };
  EXPECT_TRUE(told(draft, row("[" + around + "," + ring + "]", said(point, level))));
  EXPECT_FALSE(told(draft, row("[" + around + "," + around + "]", said(point, level)))) << "another outline";
  EXPECT_FALSE(told(draft, row("[" + around + "," + ring + "]", said(point, "{}"))));
  EXPECT_FALSE(told(draft, row("[" + around + "," + ring + "]", said(level, point))));
  EXPECT_FALSE(told(draft, row("[" + around + "," + ring + "]")));
}

TEST(Told, AScheduleIsSaid) {
  Draft draft = site();
  draft.volumes = {{Shape::point, {{1, 2}}, 50, {}, {}}};
  UtcTime const from = *parse_time("2026-12-01T00:00:00.000000Z");
  draft.windows = {{from, from + days(7), {{{"SAT"}, "08:00Z", "SS"}}}};
  auto const extents = json::write(body_of(draft, "u")["extents"]),
             schedule = json::write(body_of(draft, "u")["schedule"]);
  std::string const windows = R"([{"polygon":[[1,2],[3,4],[5,6]],"from":"2026-12-05T08:00:00.000000Z"}])";
  EXPECT_TRUE(told(draft, row(windows, R"({"extents":)" + extents + R"(,"schedule":)" + schedule + "}")));
  EXPECT_FALSE(told(draft, row(windows, R"({"extents":)" + extents + "}")));
  draft.windows[0].until = from + days(8);
  EXPECT_FALSE(told(draft, row(windows, R"({"extents":)" + extents + R"(,"schedule":)" + schedule + "}")));
}

TEST(Told, TheCornersOfItsFirstVolume) {
  auto const corners = corners_told(row(R"([{"polygon":[[20000000,10000000],[30000000,10000000]]},{}])"));
  ASSERT_EQ(corners.size(), 2u);
  EXPECT_EQ(corners[1].longitude, 3);
  EXPECT_TRUE(corners_told(row("[]")).empty());
  EXPECT_TRUE(corners_told(row(R"([{"polygon":[[1],"x"]}])")).empty());
  EXPECT_TRUE(corners_told(json::Value()).empty());
}

}  // namespace
}  // namespace comity::places
