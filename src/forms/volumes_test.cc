// How volumes are said, through the commands that say them: what comes out is outward, and what cannot be is a problem at its place.
#include "forms/volumes.h"

#include <gtest/gtest.h>

#include "base/seam.h"
#include "codec/codec.h"
#include "commands/put_constraint.h"
#include "commands/put_intent.h"
#include "commands/put_site.h"
#include "forms/command.h"
#include "geometry/ring.h"

namespace comity::forms {
namespace {

class NoTools final : public CommandTools {
 public:
  Result<Bytes> verifier_of(std::string_view, std::string_view) const override {
    return fail(ErrorCode::bad_input, "");
  }
  Result<Token> read_token(std::string_view) const override { return fail(ErrorCode::bad_input, ""); }
  crypto::SymmetricKey const& comparison_key() const override { return key_; }
  bool is_key_of_centre(std::string_view) const override { return false; }

 private:
  crypto::SymmetricKey key_ = crypto::SymmetricKey::from(Bytes(32, 'k')).value();
};

std::string const id = R"("id":"00000000-0000-4000-8000-000000000001",)";
std::string const times = R"("from":"2015-10-01T10:00:00.000000Z","until":"2015-10-01T11:00:00.000000Z")";
std::string const heights =
    R"("low":{"value":100,"unit":"m","reference":"W84"},"high":{"value":900,"unit":"m","reference":"W84"},)";
std::string const square =
    R"("polygon":[[260000000,410000000],[261000000,410000000],[261000000,411000000]],)";

std::string intent(std::string const& members, std::string const& operation = "flight") {
  return R"({"kind":"put_intent","body":{)" + id + R"("state":"Accepted","operation":")" + operation +
         R"(",)" + members + "}}";
}
std::string of_extent(std::string const& members) { return intent(R"("extents":[{)" + members + "}]"); }
std::string site(std::string const& members) {
  return R"({"kind":"put_site","body":{)" + id +
         R"("kind":"school","name":"A school","source":"its head","measured":"map","reconfirm_by":"2015-12-01T00:00:00.000000Z",)" +
         members + "}}";
}

// The first problem, as `pointer: reason`; empty if there is none.
std::string wrong(std::string const& document) {
  auto const command = read_command(document, "", NoTools());
  return command ? ""
                 : command.error().problems.front().pointer + ": " + command.error().problems.front().reason;
}
template <class Body>
Body body_of(std::string const& document) {
  auto const command = read_command(document, "", NoTools());
  EXPECT_TRUE(command.has_value()) << wrong(document);
  return command ? codec::decode<Body>(command->command.body).value() : Body{};
}
commands::PutIntent intent_of(std::string const& document) { return body_of<commands::PutIntent>(document); }

TEST(Volumes, APlainPolygonIsAllThatIsSaid) {
  auto const plain = intent_of(of_extent(square + heights + times));
  EXPECT_EQ(plain.extents.front().low_mm, 100'000);
  EXPECT_EQ(plain.said, "");
  std::string feet = heights;
  feet.replace(feet.find("\"m\""), 3, "\"ft\"");
  auto const in_feet = intent_of(of_extent(square + feet + times));
  EXPECT_EQ(in_feet.extents.front().low_mm, 30'480);
  EXPECT_EQ(in_feet.said,
            R"({"extents":[{"from":"2015-10-01T10:00:00.000000Z",)"
            R"("high":{"reference":"W84","unit":"m","value":900},"low":{"reference":"W84","unit":"ft",)"
            R"("value":100},"until":"2015-10-01T11:00:00.000000Z"}]})");
}

TEST(Volumes, ACircleIsThePolygonAroundIt) {
  auto const typed =
      intent_of(of_extent(R"("circle":{"centre":"41.32N 26.10E","radius_m":500},)" + heights + times));
  ASSERT_EQ(typed.extents.size(), 1u);
  EXPECT_EQ(typed.extents.front().ring.size(), 32u);
  EXPECT_FALSE(geometry::check_ring(typed.extents.front().ring));
  EXPECT_NE(typed.said.find(R"("circle":{"centre":"41.32N 26.10E","radius_m":500})"), typed.said.npos);
  auto const plain =
      intent_of(of_extent(R"("circle":{"centre":[261000000,413200000],"radius_m":500},)" + heights + times));
  EXPECT_EQ(plain.extents, typed.extents);
  EXPECT_EQ(plain.hull, typed.hull);
  auto const wide = intent_of(of_extent(
      R"("circle":{"centre":[261000000,413200000],"radius_m":400,"uncertainty_m":100},)" + heights + times));
  EXPECT_EQ(wide.extents, typed.extents);
}

// 50 km are 7,854 km², more than a polygon may have (G4) and as much as a circle may (G5).
TEST(Volumes, ACircleMayBeAsLargeAsTheStandardHasThem) {
  auto const large =
      intent_of(of_extent(R"("circle":{"centre":"41.32N 26.10E","radius_m":50000},)" + heights + times));
  EXPECT_GT(large.hull.cells.size(), 5'000u);
  EXPECT_EQ(wrong(of_extent(R"("circle":{"centre":"41.32N 26.10E","radius_m":50001},)" + heights + times)),
            "/body/extents/0/circle/radius_m: must be an integer, written without a point, from 1 to 50000");
  EXPECT_EQ(wrong(of_extent(R"("circle":{"centre":"35TMF1234","radius_m":50000},)" + heights + times)),
            "/body/extents/0/circle: the radius may be at most 50000 metres");
}

TEST(Volumes, ACorridorHasAVolumeForEachLeg) {
  auto const made = intent_of(of_extent(
      R"("corridor":{"along":["41.32N 26.10E","41°24'N 26°12'E",[263000000,414000000]],"half_width_m":200},)" +
      heights + times));
  ASSERT_EQ(made.extents.size(), 2u);
  for (auto const& extent : made.extents) EXPECT_FALSE(geometry::check_ring(extent.ring));
  EXPECT_EQ(made.extents[0].until, made.extents[1].until);
  EXPECT_EQ(
      wrong(of_extent(R"("corridor":{"along":["41.32N 26.10E"],"half_width_m":200},)" + heights + times)),
      "/body/extents/0/corridor/along: a way has two way-points or more");
  EXPECT_EQ(
      wrong(of_extent(R"("corridor":{"along":["41N 26E","47N 26E"],"half_width_m":200},)" + heights + times)),
      "/body/extents/0/corridor/along/1: a leg is at most 500 km long: put a way-point between");
}

TEST(Volumes, HaveOneFootprint) {
  std::string const circle = R"("circle":{"centre":"41.32N 26.10E","radius_m":500},)";
  EXPECT_EQ(wrong(of_extent(heights + times)),
            "/body/extents/0: a volume has one of polygon, circle, corridor");
  EXPECT_EQ(wrong(of_extent(square + circle + heights + times)),
            "/body/extents/0: a volume has one of polygon, circle, corridor");
  EXPECT_EQ(wrong(site(R"("extents":[{}])")),
            "/body/extents/0: a volume has one of polygon, circle, corridor, point");
  EXPECT_EQ(
      wrong(of_extent(R"("circle":{"centre":"41.32 26.10","radius_m":500},)" + heights + times)),
      "/body/extents/0/circle/centre: say which coordinate is which, N or S and E or W, and write fractions "
      "behind a point");
}

// --- altitudes ---

std::string high(std::string const& altitude, std::string const& more = "") {
  return of_extent(square + R"("low":{"reference":"GND"},"high":)" + altitude + "," + more + times);
}

TEST(Volumes, AltitudesOfEveryReference) {
  auto const level = intent_of(high(R"({"value":300,"unit":"FL","reference":"FL"})")).extents.front();
  EXPECT_EQ(level.low_mm, -8'000'000);
  EXPECT_EQ(level.high_mm, 10'758'400);
  EXPECT_EQ(intent_of(high(R"({"reference":"UNL"})")).extents.front().high_mm, 100'000'000);
  auto const sea = intent_of(high(R"({"value":1000,"unit":"m","reference":"AMSL"})")).extents.front();
  EXPECT_GT(sea.high_mm, 1'035'000);  // the sea stands some 38 m above the ellipsoid there
  EXPECT_LT(sea.high_mm, 1'045'000);
  std::string const ground =
      R"("ground":{"low":{"value":35,"unit":"m","reference":"W84"},"high":{"value":300,"unit":"ft","reference":"W84"}},)";
  auto const above = intent_of(high(R"({"value":120,"unit":"m","reference":"AGL"})", ground)).extents.front();
  EXPECT_EQ(above.low_mm, 35'000);
  EXPECT_EQ(above.high_mm, 211'440);
}

TEST(Volumes, AltitudesAreNotGuessed) {
  std::string const no_ground =
      "/body/extents/0/high: heights above ground need `ground`, the lowest and the highest ground under the "
      "volume";
  EXPECT_EQ(wrong(high(R"({"value":120,"unit":"m","reference":"AGL"})")), no_ground);
  EXPECT_EQ(wrong(high(R"({"reference":"SFC"})")), no_ground);
  EXPECT_EQ(wrong(high(R"({"value":120,"unit":"FL","reference":"AMSL"})")),
            "/body/extents/0/high: only levels, of reference FL, are counted in the unit FL");
  EXPECT_EQ(wrong(high(R"({"value":120,"unit":"m"})")),
            "/body/extents/0/high/reference: missing, and there is no default for it");
  EXPECT_EQ(wrong(high(R"({"value":0,"unit":"m","reference":"UNL"})")),
            "/body/extents/0/high/value: unknown key; known here: reference");
  EXPECT_EQ(
      wrong(high(
          R"({"value":120,"unit":"m","reference":"AGL"})",
          R"("ground":{"low":{"value":300,"unit":"m","reference":"W84"},"high":{"value":200,"unit":"m","reference":"W84"}},)")),
      "/body/extents/0/ground/low: the lowest ground lies above the highest");
}

// --- movements ---

std::string stop(std::string const& at, std::string const& from, std::string const& until) {
  return R"({"at":")" + at + R"(","from":"2015-10-01T)" + from + R"(:00.000000Z","until":"2015-10-01T)" +
         until + R"(:00.000000Z"})";
}
std::string moving(std::string const& stops, std::string const& more = "") {
  return intent(R"("movement":{"way_points":[)" + stops + R"(],"half_width_m":300)" + more + "}", "movement");
}

TEST(Volumes, AMovementHasAVolumeForEachLegAndItsTimes) {
  auto const made = intent_of(moving(stop("41.32N 26.10E", "10:00", "10:30") + "," +
                                     stop("41.40N 26.20E", "10:40", "11:30") + "," +
                                     stop("41.50N 26.20E", "11:00", "12:30")));
  ASSERT_EQ(made.extents.size(), 2u);
  EXPECT_EQ(to_text(made.extents[0].from), "2015-10-01T10:00:00.000000Z");
  EXPECT_EQ(to_text(made.extents[0].until), "2015-10-01T11:30:00.000000Z");
  EXPECT_EQ(to_text(made.extents[1].from), "2015-10-01T10:40:00.000000Z");
  EXPECT_EQ(to_text(made.extents[1].until), "2015-10-01T12:30:00.000000Z");
  EXPECT_EQ(made.extents[0].low_mm, -8'000'000);
  EXPECT_EQ(made.extents[0].high_mm, 9'000'000);
  EXPECT_TRUE(
      made.said.starts_with(R"({"movement":{"half_width_m":300,"way_points":[{"at":"41.32N 26.10E")"));
}

TEST(Volumes, AMovementGoesForwardInTime) {
  std::string const first = stop("41.32N 26.10E", "10:00", "10:30") + ",";
  EXPECT_EQ(
      wrong(moving(first + stop("41.40N 26.20E", "09:40", "11:30"))),
      "/body/movement/way_points/1: comes before the way-point before it: they stand in the order of time");
  EXPECT_EQ(wrong(moving(first + stop("41.40N 26.20E", "11:40", "11:30"))),
            "/body/movement/way_points/1: ends before it begins");
  EXPECT_EQ(wrong(moving(stop("41.32N 26.10E", "10:00", "10:30"))),
            "/body/movement/way_points: a way has two way-points or more");
  EXPECT_EQ(wrong(intent(R"("movement":{})")), "/body/extents: missing, and there is no default for it");
}

// --- sites ---

std::string scheduled(std::string const& periods, std::string const& until = "2015-10-05T12:00:00.000000Z") {
  return site(
      R"("extents":[{"point":{"at":"33 20 N 44 24 E","uncertainty_m":100},"from":"2015-10-01T00:00:00.000000Z","until":")" +
      until + R"("}],"schedule":{"utc_offset_minutes":180,"periods":[)" + periods + "]}");
}

TEST(Volumes, ASiteKeepsItsScheduleInIntegers) {
  auto const made = body_of<commands::PutSite>(
      scheduled(R"({"days":["MON","TUE","WED","THU","FRI"],"from":"08:00","until":"14:00"})"));
  ASSERT_EQ(made.extents.size(), 1u);
  EXPECT_EQ(made.extents[0].ring.size(), 32u);
  EXPECT_EQ(made.schedule, (model::Schedule{180, {{0b0011111, {{480, 840}}}}}));
  EXPECT_NE(made.said.find(R"("schedule":{"periods":)"), made.said.npos);
  auto const by_day = body_of<commands::PutSite>(scheduled(R"({"days":["ANY"],"from":"SR","until":"SS"})"));
  EXPECT_EQ(by_day.schedule->periods[0].windows.size(), model::leap_year_days);
  auto const for_ever = body_of<commands::PutSite>(site(
      R"("extents":[{)" + square.substr(0, square.size() - 1) +
      R"(}],"schedule":{"utc_offset_minutes":0,"periods":[{"days":["SAT"],"from":"22:00","until":"02:00"}]})"));
  EXPECT_EQ(for_ever.extents[0].until, model::latest);
  EXPECT_EQ(for_ever.schedule, (model::Schedule{0, {{32, {{1'320, 1'560}}}}}));
}

// Other systems know no schedules: a volume for each window, between the ends of what was said.
TEST(Volumes, AConstraintOnAScheduleIsThereInItsWindowsOnly) {
  auto const constraint = [](std::string const& until, std::string const& periods) {
    return R"({"kind":"put_constraint","body":{)" + id + R"("extents":[{)" + square + heights +
           R"("from":"2015-10-01T09:00:00.000000Z","until":")" + until +
           R"("}],"schedule":{"utc_offset_minutes":180,"periods":[)" + periods + "]}}}";
  };
  std::string const working = R"({"days":["MON","TUE","WED","THU","FRI"],"from":"08:00","until":"14:00"})";
  auto const made = body_of<commands::PutConstraint>(constraint("2015-10-05T08:00:00.000000Z", working));
  ASSERT_EQ(made.extents.size(), 3u);
  EXPECT_EQ(to_text(made.extents[0].from), "2015-10-01T09:00:00.000000Z");
  EXPECT_EQ(to_text(made.extents[0].until), "2015-10-01T11:00:00.000000Z");
  EXPECT_EQ(to_text(made.extents[2].from), "2015-10-05T05:00:00.000000Z");
  EXPECT_EQ(to_text(made.extents[2].until), "2015-10-05T08:00:00.000000Z");
  EXPECT_EQ(to_text(made.hull.until), "2015-10-05T08:00:00.000000Z");
  EXPECT_FALSE(made.hull.cells.empty());
  EXPECT_NE(made.said.find(R"("schedule":{"periods":)"), made.said.npos);
  std::string const daily = R"({"days":["ANY"],"from":"08:00","until":"14:00"})";
  EXPECT_EQ(wrong(constraint("2016-01-08T00:00:00.000000Z", daily)), "");
  std::string const too_many =
      "/body/schedule: more than 100 windows in the time of the volumes: file it for a shorter time";
  EXPECT_EQ(wrong(constraint("2016-01-15T00:00:00.000000Z", daily)), too_many);
  EXPECT_EQ(wrong(constraint("2115-10-01T00:00:00.000000Z", daily)), too_many);
  EXPECT_EQ(
      wrong(constraint("2015-10-01T09:30:00.000000Z", R"({"days":["SUN"],"from":"08:00","until":"14:00"})")),
      "/body/schedule: has no window in the time of the volumes");
}

TEST(Volumes, ASchedule) {
  EXPECT_EQ(wrong(scheduled(R"({"days":["MON"],"from":"8:00","until":"14:00"})")),
            "/body/schedule/periods/0/from: must be a time of day like \"08:30\", up to \"24:00\", or one of "
            "BMCT, SR, "
            "SS, EMCT");
  EXPECT_EQ(wrong(scheduled(R"({"days":["MON"],"from":"08:00","until":"08:00"})")),
            "/body/schedule: ends when it begins; a whole day is from 00:00 until 24:00");
}

TEST(Volumes, WhatIsKeptIsBounded) {
  std::string all;
  for (int i = 0; i < 90; ++i) {
    std::string const spaces(60, ' ');
    all += (i ? "," : "") + std::string("{") + R"("corridor":{"along":["41.32N )" + spaces +
           R"(26.10E","41.32N )" + spaces + R"( 26.11E"],"half_width_m":200},)" + heights + times + "}";
  }
  std::string const document = intent(R"("extents":[)" + all + "]");
  EXPECT_EQ(wrong(document),
            "/body/extents: says its volumes in more words than are kept, which are 32768 octets");
}

// However a circle or a way lies, its rings are rings for the machine.
TEST(Volumes, RingsMadeHereAreRings) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededEntropy random(seed);
    auto const pick = [&](int64_t from, int64_t to) {
      return std::to_string(from +
                            static_cast<int64_t>(random.next() % static_cast<uint64_t>(to - from + 1)));
    };
    auto const place = [&] {
      return "[" + pick(1'790'000'000, 1'800'000'000) + "," + pick(-10'000'000, 10'000'000) + "]";
    };
    std::string const radius = seed % 2 ? pick(1, 30) : pick(1, 20'000);
    auto const round = intent_of(
        of_extent(R"("circle":{"centre":)" + place() + R"(,"radius_m":)" + radius + "}," + heights + times));
    auto const way = intent_of(of_extent(R"("corridor":{"along":[)" + place() + "," + place() + "," +
                                         place() + R"(],"half_width_m":)" + pick(1, seed % 2 ? 30 : 3'000) +
                                         "}," + heights + times));
    for (auto const* made : {&round, &way})
      for (auto const& extent : made->extents) ASSERT_FALSE(geometry::check_ring(extent.ring));
  }
}

}  // namespace
}  // namespace comity::forms
