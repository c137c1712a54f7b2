#include "places/body.h"

#include <gtest/gtest.h>

namespace comity::places {
namespace {

Draft site() {
  Draft draft;
  draft.id = "7", draft.name = "A site", draft.source = "a list", draft.measured = "GPS";
  draft.kind = model::SiteKind::water;
  draft.reconfirm_by = parse_time("2027-01-01T00:00:00.000000Z");
  return draft;
}
std::string extents_of(Draft const& draft) { return json::write(body_of(draft, "u")["extents"]); }

TEST(Body, OfAPointAsSaid) {
  Draft draft = site();
  draft.volumes = {{Shape::point, {{36.2021, 37.1343}}, 50.2, {}, {}}};
  EXPECT_EQ(json::write(body_of(draft, "u")),
            R"({"id":"u","kind":"water","name":"A site","source":"a list","measured":"GPS",)"
            R"("reconfirm_by":"2027-01-01T00:00:00.000000Z",)"
            R"("extents":[{"point":{"at":[371343000,362021000],"uncertainty_m":51}}]})");
}

TEST(Body, OfACircleWithAltitudesOutward) {
  Draft draft = site();
  draft.volumes = {{Shape::circle,
                    {{46.9612, 7.4801}},
                    5000,
                    Altitude{2500.5, Unit::ft, Reference::amsl},
                    Altitude{95.5, Unit::flight_level, Reference::amsl}}};
  EXPECT_EQ(extents_of(draft), R"([{"circle":{"centre":[74801000,469612000],"radius_m":5000},)"
                               R"("low":{"value":2500,"unit":"ft","reference":"AMSL"},)"
                               R"("high":{"value":96,"unit":"FL","reference":"FL"}}])");
}

TEST(Body, OfEachVolumeInEachPeriod) {
  Draft draft = site();
  draft.volumes = {
      {Shape::polygon, {{1, 2}, {1, 3}, {2, 3}}, {}, {}, Altitude{-3.5, Unit::m, Reference::w84}},
      {Shape::point, {{1, 2}}, 5, {}, {}}};
  draft.windows = {{parse_time("2026-12-01T00:00:00.000000Z"), {}, {}},
                   {{}, parse_time("2027-01-01T00:00:00.000000Z"), {}}};
  std::string const polygon = R"("polygon":[[20000000,10000000],[30000000,10000000],[30000000,20000000]],)"
                              R"("high":{"value":-3,"unit":"m","reference":"W84"})";
  std::string const point = R"("point":{"at":[20000000,10000000],"uncertainty_m":5})";
  std::string const from = R"(,"from":"2026-12-01T00:00:00.000000Z")";
  std::string const until = R"(,"until":"2027-01-01T00:00:00.000000Z")";
  EXPECT_EQ(extents_of(draft), "[{" + polygon + from + "},{" + point + from + "},{" + polygon + until +
                                   "},{" + point + until + "}]");
  EXPECT_FALSE(body_of(draft, "u").contains("schedule"));
}

TEST(Body, OfLimitsAboveTheGroundSaysTheGround) {
  Draft draft = site();
  draft.volumes = {{Shape::point,
                    {{1, 2}},
                    5,
                    Altitude{0, Unit::m, Reference::agl},
                    Altitude{120, Unit::m, Reference::agl}}};
  draft.ground = Ground{199.5, 900.1};
  EXPECT_EQ(extents_of(draft),
            R"([{"point":{"at":[20000000,10000000],"uncertainty_m":5},)"
            R"("low":{"reference":"GND"},"high":{"value":120,"unit":"m","reference":"AGL"},)"
            R"("ground":{"low":{"value":199,"unit":"m","reference":"AMSL"},)"
            R"("high":{"value":901,"unit":"m","reference":"AMSL"}}}])");
  draft.volumes[0].low.reset(), draft.volumes[0].high = {120, Unit::m, Reference::amsl};
  EXPECT_EQ(extents_of(draft).find("ground"), std::string::npos);
}

TEST(Body, OfAScheduleIsThatOfTheSite) {
  Draft draft = site();
  draft.volumes = {{Shape::point, {{1, 2}}, 5, {}, {}}};
  UtcTime const from = *parse_time("2026-12-01T00:00:00.000000Z");
  draft.windows = {{from,
                    from + days(30),
                    {{{"SAT", "SUN"}, "08:00:30.00+02:00", "EECT"}, {{"ANY"}, "SR", "20:00:01+02:00"}}}};
  EXPECT_EQ(json::write(body_of(draft, "u")["schedule"]),
            R"({"utc_offset_minutes":120,"periods":[{"days":["SAT","SUN"],"from":"08:00","until":"EMCT"},)"
            R"({"days":["ANY"],"from":"SR","until":"20:01"}]})");
}

TEST(Body, AnIdIsThePlacesOwnAndOfVersion4) {
  Draft a = site(), b = site();
  std::string const id = site_id("qa/defence", "list", a);
  EXPECT_EQ(id.size(), 36u);
  EXPECT_EQ(id[14], '4');
  b.name = "Renamed", b.volumes = {{Shape::point, {{1, 2}}, 5, {}, {}}};
  EXPECT_EQ(site_id("qa/defence", "list", b), id) << "its own id counts";
  EXPECT_NE(site_id("qa/defence", "another list", a), id);
  EXPECT_NE(site_id("qa/police", "list", a), id);
  a.id.clear(), b.id.clear(), a.name = b.name;
  EXPECT_NE(site_id("qa/defence", "list", a), site_id("qa/defence", "list", b)) << "one has no position";
  a.volumes = {{Shape::point, {{1.000001, 2}}, 500, {}, {}}};
  EXPECT_EQ(site_id("qa/defence", "list", a), site_id("qa/defence", "list", b)) << "name and position";
}

TEST(Body, CornersAreCountedInEachPeriod) {
  Draft draft = site();
  draft.volumes = {{Shape::polygon, {{1, 2}, {1, 3}, {2, 3}}, {}, {}, {}},
                   {Shape::point, {{1, 2}}, 5, {}, {}}};
  EXPECT_EQ(corners_of({draft, draft}), 8u);
  draft.windows.resize(10);
  EXPECT_EQ(corners_of({draft}), 40u);
}

TEST(Body, CornersThatAreOneInTheFormAreOne) {
  EXPECT_EQ(ring_e7({{1, 2}, {1, 2.00000001}, {1, 3}, {2, 3}}).size(), 3u);
}

}  // namespace
}  // namespace comity::places
