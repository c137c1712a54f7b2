#include "places/checks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "places/body.h"
#include "places/land.h"

namespace comity::places {
namespace {

UtcTime const now = *parse_time("2026-11-29T12:00:00.000000Z");

Draft site(double latitude, double longitude, std::string name = "A site") {
  Draft draft;
  draft.where = "line 2";
  draft.name = std::move(name);
  draft.kind = model::SiteKind::hospital;
  draft.reconfirm_by = now + days(100);
  draft.volumes = {{Shape::point, {{latitude, longitude}}, 50, {}, {}}};
  return draft;
}

std::vector<Finding> found_in(std::vector<Draft> const& drafts, std::vector<There> const& there = {}) {
  std::vector<std::string> ids;
  for (Draft const& one : drafts) ids.push_back(site_id("qa/defence", "a list", one));
  return check(drafts, ids, there, now);
}
// The codes of what was found, `!` before what is refused.
std::string codes_of(std::vector<Draft> const& drafts, std::vector<There> const& there = {}) {
  std::string out;
  for (Finding const& one : found_in(drafts, there))
    out += (out.empty() ? "" : " ") + std::string(one.severity == Severity::refuse ? "!" : "") + one.code;
  return out;
}
std::string codes_after(void (*change)(Draft&)) {
  Draft draft = site(36.2, 37.1);
  change(draft);
  return codes_of({draft});
}

TEST(Checks, AGoodOneHasNoFinding) { EXPECT_EQ(codes_of({site(36.2, 37.1)}), ""); }

TEST(Checks, WhatIsMissingIsRefusedAndSaysHowToGiveIt) {
  EXPECT_EQ(codes_after([](Draft& one) { one.name.clear(); }), "!no_name");
  EXPECT_EQ(codes_after([](Draft& one) { one.kind.reset(); }), "!no_kind");
  EXPECT_EQ(codes_after([](Draft& one) { one.reconfirm_by.reset(); }), "!no_reconfirm_by");
  EXPECT_EQ(codes_after([](Draft& one) { one.volumes[0].radius_m.reset(); }), "!no_uncertainty");
  EXPECT_EQ(codes_after([](Draft& one) { one.name.assign(281, 'x'); }), "!too_long");
  EXPECT_EQ(codes_after([](Draft& one) { one.source = "\xef\xb7\x90"; }), "!no_text") << "U+FDD0";
  Draft draft = site(36.2, 37.1);
  draft.kind.reset();
  EXPECT_NE(found_in({draft})[0].message.find("--kind"), std::string::npos);
  EXPECT_EQ(found_in({draft})[0].where, "line 2");
}

TEST(Checks, TimesThatHavePassed) {
  EXPECT_EQ(codes_after([](Draft& one) { one.reconfirm_by = now - days(1); }), "!reconfirm_in_the_past");
  EXPECT_EQ(codes_after([](Draft& one) { one.windows = {{{}, now - days(1), {}}}; }), "!in_the_past");
  EXPECT_EQ(codes_after([](Draft& one) { one.windows = {{{}, now - days(1), {}}, {now, {}, {}}}; }), "");
  EXPECT_EQ(codes_after([](Draft& one) { one.windows = {{now + days(2), now + days(1), {}}}; }),
            "!impossible");
}

TEST(Checks, ValuesThatCannotBe) {
  EXPECT_EQ(codes_of({site(90.5, 200)}), "!impossible");
  EXPECT_EQ(codes_of({site(0.001, -0.002)}), "!null_island");
  EXPECT_EQ(codes_after([](Draft& one) { one.volumes[0].radius_m = -5; }), "!impossible");
  EXPECT_EQ(codes_after([](Draft& one) { one.volumes[0].radius_m = 60'000; }), "!impossible");
  EXPECT_EQ(codes_after([](Draft& one) { one.volumes[0].high = {999'999, Unit::ft, Reference::amsl}; }),
            "!impossible");
  EXPECT_EQ(codes_after([](Draft& one) {
              one.ground = Ground{0, 100};
              one.volumes[0].low = {200, Unit::m, Reference::agl};
              one.volumes[0].high = {100, Unit::m, Reference::agl};
            }),
            "!impossible");
  auto const swapped = found_in({site(121.5, 31.2)});
  ASSERT_EQ(swapped.size(), 1u);
  EXPECT_NE(swapped[0].message.find("swapped"), std::string::npos);
}

TEST(Checks, ARingThatCrossesItself) {
  EXPECT_EQ(codes_after([](Draft& one) {
              one.volumes = {{Shape::polygon, {{36, 37}, {36.1, 37.1}, {36.1, 37}, {36, 37.1}}, {}, {}, {}}};
            }),
            "!no_ring");
}

TEST(Checks, VolumesTimesPeriodsAreBounded) {
  EXPECT_EQ(codes_after([](Draft& one) {
              one.volumes.assign(11, one.volumes[0]);
              one.windows.assign(10, Window{});
            }),
            "!too_many_volumes");
}

TEST(Checks, LimitsAboveTheGroundNeedTheGround) {
  EXPECT_EQ(codes_after([](Draft& one) { one.volumes[0].low = {0, Unit::m, Reference::agl}; }), "") << "GND";
  EXPECT_EQ(codes_after([](Draft& one) { one.volumes[0].low = {10, Unit::m, Reference::agl}; }),
            "!no_ground");
  EXPECT_EQ(codes_after([](Draft& one) { one.volumes[0].high = {0, Unit::m, Reference::agl}; }),
            "!no_ground");
  EXPECT_EQ(codes_after([](Draft& one) {
              one.volumes[0].high = {120, Unit::m, Reference::agl};
              one.ground = Ground{200, 900};
            }),
            "");
  EXPECT_EQ(codes_after([](Draft& one) { one.ground = Ground{900, 200}; }), "!impossible");
}

TEST(Checks, SchedulesThatTheFormCannotHold) {
  auto const with = [](std::vector<Daily> schedule) {
    return Window{now, now + days(30), std::move(schedule)};
  };
  Daily const morning{{"MON"}, "08:00Z", "12:00Z"}, elsewhere{{"TUE"}, "08:00+02:00", "SS"};
  Draft draft = site(36.2, 37.1);
  draft.windows = {with({morning})};
  EXPECT_EQ(codes_of({draft}), "");
  draft.windows = {with({morning}), with({})};
  EXPECT_EQ(codes_of({draft}), "!schedules_differ");
  draft.windows = {with({morning, elsewhere})};
  EXPECT_EQ(codes_of({draft}), "!schedule_offsets");
  draft.windows = {with(std::vector<Daily>(15, morning))};
  EXPECT_EQ(codes_of({draft}), "!too_many_periods");
  draft.windows = {{now, {}, {morning}}};
  EXPECT_EQ(codes_of({draft}), "");
}

TEST(Checks, AxesThatAreSwapped) {
  EXPECT_EQ(codes_of({site(51.53, 25.29)}), "")
      << "Doha, which that way lies in Ukraine: alone it may be right";
  EXPECT_EQ(codes_of({site(-46.6, -23.5)}), "swapped_axes")
      << "São Paulo, which that way lies in the Atlantic";
}

TEST(Checks, OneOfSeveralThatIsTheOtherWayRound) {
  std::vector<Draft> drafts;
  for (int i = 0; i < 5; ++i) drafts.push_back(site(47.1 + i * 0.1, 8.2 + i * 0.1));
  drafts.push_back(site(8.4, 47.3));
  EXPECT_EQ(codes_of(drafts), "swapped_axes") << "in Ethiopia, which is land";
  drafts.back() = site(48.9, 2.3);
  EXPECT_EQ(codes_of(drafts), "") << "far from the others, and no nearer the other way round";
}

TEST(Checks, WhatIsThereAlreadySaysWhereAFileBelongs) {
  std::vector<There> there;
  for (int i = 0; i < 5; ++i)
    there.push_back({std::to_string(i), "there", {{47.1 + i * 0.1, 8.2 + i * 0.1}}, 10});
  EXPECT_EQ(codes_of({site(8.4, 47.3)}, there), "swapped_axes");
}

TEST(Checks, TheSea) {
  EXPECT_EQ(codes_of({site(40, -30)}), "in_the_sea");
  EXPECT_EQ(codes_after([](Draft& one) {
              one.volumes[0].points = {{40, -30}};
              one.kind = model::SiteKind::temporary_restriction;
            }),
            "")
      << "a zone at sea";
  struct Known {
    char const* name;
    LatLng at;
  };
  for (auto const& [name, at] :
       {Known{"Valletta", {35.898, 14.514}}, Known{"Malé", {4.175, 73.509}},
        Known{"Funafuti", {-8.52, 179.197}}, Known{"Latakia's harbour", {35.53, 35.77}},
        Known{"Venice", {45.434, 12.338}}, Known{"Suva", {-18.141, 178.442}},
        Known{"the South Pole", {-90, 0}}, Known{"Baku", {40.37, 49.89}},
        Known{"Honolulu", {21.307, -157.858}}, Known{"Taveuni at 180", {-16.8, 180}},
        Known{"Chukotka at -179", {67, -179}}, Known{"Chukotka at 179", {67, 179}}})
    EXPECT_TRUE(may_be_land(at)) << name;
  for (auto const& [name, at] : {Known{"the Atlantic", {40, -30}}, Known{"the Pacific at 180", {30, -180}},
                                 Known{"the North Pole", {90, 0}}, Known{"the Mediterranean", {34, 19}},
                                 Known{"the Gulf", {27, 51.2}}, Known{"the Caspian Sea", {42, 50.5}}})
    EXPECT_FALSE(may_be_land(at)) << name;
}

TEST(Checks, DuplicatesAreShownAndKept) {
  EXPECT_EQ(codes_of({site(36.2, 37.1, "A"), site(36.2003, 37.1, "B")}), "duplicate") << "33 m apart";
  EXPECT_EQ(codes_of({site(36.2, 37.1, "A"), site(36.2006, 37.1, "B")}), "") << "67 m apart";
  auto const found = found_in({site(36.2, 37.1, "A"), site(36.2003, 37.1, "B")});
  EXPECT_EQ(found[0].draft, 1u);
  EXPECT_NE(found[0].message.find("33 m from `A` (line 2)"), std::string::npos) << found[0].message;
  There there{"0c0ffee0-0000-4000-8000-000000000000", "filed", {{36.2, 37.1}}, 20};
  EXPECT_EQ(codes_of({site(36.2003, 37.1)}, {there}), "duplicate");
  there.points = {{36.2, 37.0998}, {36.2, 37.1002}, {36.2002, 37.1}, {36.1998, 37.1}};
  EXPECT_EQ(codes_of({site(36.2003, 37.1)}, {there}), "duplicate") << "an outline counts by its middle";
  there.id = site_id("qa/defence", "a list", site(36.2003, 37.1));
  EXPECT_EQ(codes_of({site(36.2003, 37.1)}, {there}), "") << "that is the same one";
}

TEST(Checks, OneIdentityTwice) {
  Draft a = site(36.2, 37.1), b = site(36.5, 37.5);
  a.id = b.id = "7";
  EXPECT_EQ(codes_of({a, b}), "!identity_twice");
}

TEST(Checks, WhatTheReaderSaid) {
  EXPECT_EQ(codes_after([](Draft& one) { one.faults = {"f"}, one.remarks = {"r"}; }),
            "!cannot_be_read remark");
}

}  // namespace
}  // namespace comity::places
