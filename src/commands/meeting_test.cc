// Sites on a schedule beside intents, window by window; and which intents a clause means.
#include "commands/meeting.h"

#include <gtest/gtest.h>

#include <map>

#include "base/limits.h"

namespace comity::commands {
namespace {

UtcTime time(std::string_view text) { return parse_time(std::string(text) + ":00.000000Z").value(); }

struct Meetings : testing::Test {
  model::VolumeTerms terms = [] {
    model::VolumeTerms made;
    made.grid = model::VolumeGrid{1 << 16, 1'024, 1'024};
    return made;
  }();
  ConflictRule rule{.under = {AgreementKey(size_t{0}), 0},
                    .about = model::NoticeAbout::site,
                    .terms = &terms,
                    .separation = {0, 0, 0},
                    .grid = geometry::Grid{1 << 16, 1'024, 1'024}};
  std::vector<model::Extent> place{
      {{{400'000'000, 350'000'000}, {400'010'000, 350'000'000}, {400'010'000, 350'010'000}},
       model::lowest_mm,
       model::highest_mm}};
  // Mondays, ten to twelve, UTC.
  model::Schedule mondays{0, {{1, {{600, 720}}}}};
  std::vector<model::Extent> flight;

  Filed site() {
    return {.name = {model::ThingName::Kind::site, OfficeKey(size_t{1}), {}},
            .from = model::earliest,
            .until = model::latest,
            .moved_at = {},
            .extents = &place,
            .schedule = &mondays};
  }
  Filed intent(std::string_view from, std::string_view until) {
    flight = place;
    flight[0].low_mm = 0, flight[0].high_mm = 100'000;
    flight[0].from = time(from), flight[0].until = time(until);
    return {.name = {model::ThingName::Kind::intent, OfficeKey(size_t{2}), {}},
            .from = time(from),
            .until = time(until),
            .moved_at = {},
            .extents = &flight};
  }
  // Either way round, the same.
  std::optional<model::Meeting> met(std::string_view from, std::string_view until) {
    Filed const a = intent(from, until), b = site();
    UtcTime const now = time("2015-10-01T00:00");
    Snapper of_intent(rule, a), of_site(rule, b);
    auto const one = meeting(rule, of_intent, a, b, now), other = meeting(rule, of_site, b, a, now);
    EXPECT_EQ(one, other);
    return one;
  }
};

TEST_F(Meetings, ASiteIsThereInItsWindows) {
  EXPECT_FALSE(met("2015-10-04T10:00", "2015-10-04T12:00"));  // a Sunday
  EXPECT_FALSE(met("2015-10-05T05:00", "2015-10-05T09:00"));
  EXPECT_FALSE(met("2015-10-05T13:00", "2015-10-06T13:00"));
  auto const monday = met("2015-10-05T11:00", "2015-10-05T20:00");
  ASSERT_TRUE(monday);
  EXPECT_LE(monday->until, time("2015-10-05T12:18"));  // the step of the grid in which it ends
  EXPECT_GE(monday->until, time("2015-10-05T12:00"));
}

TEST_F(Meetings, HoweverFarAhead) {
  EXPECT_TRUE(met("2035-10-01T00:00", "2035-10-01T23:00"));  // a Monday
  EXPECT_FALSE(met("2035-10-02T00:00", "2035-10-02T23:00"));
}

// Weeks that are met one by one; and so many that they count as all the time between.
TEST_F(Meetings, ManyWindowsAreOneOutward) {
  auto const weeks = met("2015-10-05T00:00", "2015-10-20T00:00");
  ASSERT_TRUE(weeks);
  EXPECT_EQ(weeks->boxes.size(), 3u);
  auto const years = met("2015-10-05T00:00", "2020-10-05T23:00");
  ASSERT_TRUE(years);
  EXPECT_EQ(years->boxes.size(), 1u);
}

// The 201st Monday is one more than is met one by one: whether it counts is told by steps, or a filer could find it to the minute (G10).
TEST_F(Meetings, WhichWindowsAreComparedFollowsFromStepsOfTheGrid) {
  std::map<int64_t, std::optional<model::Meeting>> by_step;
  for (int minute = 0; minute < 60; ++minute) {
    std::string const until = "2019-08-05T09:" + std::string(minute < 10 ? "0" : "") + std::to_string(minute);
    auto const found = met("2015-10-05T00:00", until);
    auto const [first, is_new] = by_step.emplace(time(until).us / 1'024'000'000, found);
    if (!is_new) EXPECT_EQ(first->second, found) << until;
  }
  EXPECT_EQ(by_step.size(), 4u);
}

// One that is far away, of which the one beside it that is large makes both be compared on a coarser grid.
TEST_F(Meetings, WhatIsFiledAndWhereItIsAreLookedForTogether) {
  model::Extent wide = place[0];
  wide.ring = {{300'000'000, 200'000'000}, {390'000'000, 200'000'000}, {390'000'000, 290'000'000}};
  Filed a = intent("2015-10-05T10:00", "2015-10-05T12:00");
  a.off_nominal = &wide;
  AllVolumes together;
  auto const& all = together.of(a);
  ASSERT_EQ(all.size(), 2u);
  Snapper snapped(rule, a);
  std::vector<model::Extent> beside = place;
  for (model::Point& point : beside[0].ring) point.longitude_e7 += 300'000;
  Filed b = intent("2015-10-05T10:00", "2015-10-05T12:00");
  b.extents = &beside;
  int64_t const cell = snapped.on(rule.grid->cell_e7).front().grid.cell_e7;
  EXPECT_GT(cell, 300'000) << "so large that it is compared on longer squares";
  EXPECT_TRUE(snapped.may_meet(b));
}

TEST_F(Meetings, OnlyBetweenTheTimesOfItsVolumes) {
  place[0].from = time("2015-10-12T00:00"), place[0].until = time("2015-10-19T11:00");
  EXPECT_FALSE(met("2015-10-05T00:00", "2015-10-05T23:00"));
  EXPECT_TRUE(met("2015-10-12T00:00", "2015-10-12T23:00"));
  EXPECT_TRUE(met("2015-10-19T09:00", "2015-10-19T10:30"));
  EXPECT_FALSE(met("2015-10-19T11:30", "2015-10-19T12:00"));
}

TEST_F(Meetings, WhatAClauseMeans) {
  terms.states = 1u << static_cast<unsigned>(model::IntentState::accepted);
  rule.about = model::NoticeAbout::intent;
  Filed flies = intent("2015-10-05T10:00", "2015-10-05T12:00");
  EXPECT_TRUE(is_meant_by(rule, flies));
  terms.area = {{500'000'000, 350'000'000}, {500'010'000, 350'000'000}, {500'010'000, 350'010'000}};
  EXPECT_FALSE(is_meant_by(rule, flies));
  terms.area = flight[0].ring;
  EXPECT_TRUE(is_meant_by(rule, flies));
  terms.window = model::Window{time("2015-10-06T00:00"), time("2015-10-07T00:00")};
  EXPECT_FALSE(is_meant_by(rule, flies));
  terms.window.reset();
  flies.state = model::IntentState::activated;
  EXPECT_FALSE(is_meant_by(rule, flies));
}

}  // namespace
}  // namespace comity::commands
