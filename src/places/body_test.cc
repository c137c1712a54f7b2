#include "places/body.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geometry/ring.h"
#include "places/checks.h"

namespace comity::places {
namespace {

Draft site() {
  Draft draft;
  draft.id = "7", draft.name = "A site", draft.source = "a list", draft.measured = "GPS";
  draft.kind = model::SiteKind::water;
  draft.reconfirm_by = parse_time("2027-01-01T00:00:00.000000Z");
  return draft;
}
std::string extents_of(Draft const& draft, Rounds rounds = Rounds::as_said) {
  return json::write(body_of(draft, "u", rounds)["extents"]);
}

TEST(Body, OfAPointAsSaid) {
  Draft draft = site();
  draft.volumes = {{Shape::point, {{36.2021, 37.1343}}, 50.2, {}, {}}};
  EXPECT_EQ(json::write(body_of(draft, "u", Rounds::as_said)),
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
                   {{}, {}, {{{"SAT"}, "08:00Z", "SS"}}}};
  std::string const polygon = R"("polygon":[[20000000,10000000],[30000000,10000000],[30000000,20000000]],)"
                              R"("high":{"value":-3,"unit":"m","reference":"W84"})";
  std::string const point = R"("point":{"at":[20000000,10000000],"uncertainty_m":5})";
  std::string const from = R"(,"from":"2026-12-01T00:00:00.000000Z")";
  std::string const schedule = R"(,"schedule":[{"days":["SAT"],"start":"08:00Z","end":"SS"}])";
  EXPECT_EQ(extents_of(draft), "[{" + polygon + from + "},{" + point + from + "},{" + polygon + schedule +
                                   "},{" + point + schedule + "}]");
}

// Whether a point lies in a ring of the plane, by the crossings of a ray eastward.
bool is_in(std::vector<model::Point> const& ring, LatLng const& at) {
  bool in = false;
  for (size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    double const x = at.longitude * 1e7, y = at.latitude * 1e7;
    double const xi = ring[i].longitude_e7, yi = ring[i].latitude_e7, xj = ring[j].longitude_e7,
                 yj = ring[j].latitude_e7;
    if ((yi > y) != (yj > y) && x < xi + (xj - xi) * (y - yi) / (yj - yi)) in = !in;
  }
  return in;
}

// The point so many metres away from `from`, in a direction: on the sphere.
LatLng away(LatLng const& from, double metres, double direction) {
  double const angle = metres / 6'371'010, rad = M_PI / 180;
  double const north = std::asin(std::sin(from.latitude * rad) * std::cos(angle) +
                                 std::cos(from.latitude * rad) * std::sin(angle) * std::cos(direction));
  double const east = std::atan2(std::sin(direction) * std::sin(angle) * std::cos(from.latitude * rad),
                                 std::cos(angle) - std::sin(from.latitude * rad) * std::sin(north));
  return {north / rad, from.longitude + east / rad};
}

TEST(Body, TheOutlineOfACircleHoldsAllOfIt) {
  for (double const latitude : {0.0, 36.2, -51.0, 70.0, 85.0})
    for (double const radius : {5.0, 300.0, 50'000.0}) {
      Draft draft = site();
      draft.volumes = {{Shape::circle, {{latitude, 37}}, radius, {}, {}}};
      auto const extents = body_of(draft, "u", Rounds::outlined)["extents"].as_array();
      std::vector<model::Point> ring;
      for (auto const& corner : extents[0].as_object().at("polygon").as_array())
        ring.push_back({static_cast<int32_t>(corner.as_array()[0].as_int64()),
                        static_cast<int32_t>(corner.as_array()[1].as_int64())});
      EXPECT_FALSE(geometry::check_ring(ring));
      for (int i = 0; i < 720; ++i) {
        LatLng const edge = away({latitude, 37}, radius, i * M_PI / 360);
        EXPECT_NEAR(distance_m({latitude, 37}, edge), radius, 0.001 * radius);
        ASSERT_TRUE(is_in(ring, edge)) << latitude << " " << radius << " " << i;
      }
      bool const far = is_in(ring, away({latitude, 37}, radius * 1.25, 0.0));
      EXPECT_FALSE(far) << "not much more than it either, to the north";
    }
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
  EXPECT_EQ(corners_of({draft, draft}, Rounds::as_said), 8u);
  draft.windows.resize(10);
  EXPECT_EQ(corners_of({draft}, Rounds::outlined), 350u);
}

TEST(Body, CornersThatAreOneInTheFormAreOne) {
  EXPECT_EQ(ring_e7({{1, 2}, {1, 2.00000001}, {1, 3}, {2, 3}}).size(), 3u);
}

}  // namespace
}  // namespace comity::places
