#include "earth/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/limits.h"

namespace comity::earth {
namespace {

Box around(double latitude, double longitude) {
  auto const e7 = [](double degrees, int64_t by) { return static_cast<int64_t>(degrees * 1e7) + by; };
  return {e7(longitude, -1'000), e7(latitude, -1'000), e7(longitude, 1'000), e7(latitude, 1'000)};
}
UtcTime time(std::string_view text) { return parse_time(std::string(text) + ":00.000000Z").value(); }
int64_t day_of(std::string_view date) { return time(std::string(date) + "T00:00").us / days(1).us; }

// What almanacs say lies between the bounds, which are no more than so many minutes apart.
void expect_between(SunEvent event, std::string_view date, int offset_hours, Box const& box,
                    std::string_view almanac, int64_t most_minutes) {
  auto const found = moments_of(event, day_of(date), hours(offset_hours), box);
  ASSERT_TRUE(found);
  EXPECT_LE(found->earliest, time(almanac)) << to_text(found->earliest);
  EXPECT_GE(found->latest, time(almanac)) << to_text(found->latest);
  EXPECT_LE((found->latest - found->earliest).us, minutes(most_minutes).us);
}

TEST(Sun, AsAlmanacsHaveIt) {
  Box const greenwich = around(51.4779, 0), sydney = around(-33.8688, 151.2093),
            quito = around(-0.22, -78.51);
  expect_between(SunEvent::rise, "2015-06-21", 1, greenwich, "2015-06-21T03:43", 12);
  expect_between(SunEvent::set, "2015-06-21", 1, greenwich, "2015-06-21T20:21", 12);
  expect_between(SunEvent::rise, "2015-12-21", 0, greenwich, "2015-12-21T08:04", 12);
  expect_between(SunEvent::set, "2015-12-21", 0, greenwich, "2015-12-21T15:53", 12);
  expect_between(SunEvent::rise, "2015-12-21", 11, sydney, "2015-12-20T18:41", 8);
  expect_between(SunEvent::set, "2015-12-21", 11, sydney, "2015-12-21T09:05", 8);
  expect_between(SunEvent::rise, "2015-03-20", -5, quito, "2015-03-20T11:18", 6);
  expect_between(SunEvent::set, "2015-03-20", -5, quito, "2015-03-20T23:24", 6);
}

TEST(Sun, TwilightIsBeforeAndAfter) {
  Box const box = around(51.4779, 0);
  int64_t const day = day_of("2015-03-20");
  auto const dawn = moments_of(SunEvent::dawn, day, {}, box), rise = moments_of(SunEvent::rise, day, {}, box),
             set = moments_of(SunEvent::set, day, {}, box), dusk = moments_of(SunEvent::dusk, day, {}, box);
  EXPECT_LT(dawn->latest, rise->earliest);
  EXPECT_LT(rise->latest, set->earliest);
  EXPECT_LT(set->latest, dusk->earliest);
}

TEST(Sun, WhereItDoesNotSetOrRiseADayIsWhole) {
  for (char const* date : {"2015-06-21", "2015-12-21"}) {
    auto const rise = moments_of(SunEvent::rise, day_of(date), hours(1), around(75, 20)),
               set = moments_of(SunEvent::set, day_of(date), hours(1), around(75, 20));
    EXPECT_GE((set->latest - rise->earliest).us, hours(24).us);
  }
  EXPECT_FALSE(moments_of(SunEvent::rise, 0, {}, {0, 0, 100'000'001, 1}));
}

// A sunrise is that of the local day, wherever clocks have put it.
TEST(Sun, TheNoonLiesInTheLocalDay) {
  for (int offset = -12; offset <= 14; ++offset)
    for (double const longitude : {-179.0, -90.0, 0.0, 90.0, 179.0}) {
      int64_t const day = day_of("2015-03-20");
      auto const rise = moments_of(SunEvent::rise, day, hours(offset), around(10, longitude)),
                 set = moments_of(SunEvent::set, day, hours(offset), around(10, longitude));
      int64_t const noon = (rise->earliest.us + set->latest.us) / 2,
                    begins = (days(day).us - hours(offset).us);
      EXPECT_GE(noon, begins - minutes(5).us);
      EXPECT_LE(noon, begins + days(1).us + minutes(5).us);
    }
}

// Windows as the machine has them.
std::string listed(Schedule const& schedule, std::string_view from, std::string_view until,
                   Box const& box = around(33.3, 44.4), size_t most = 100) {
  auto const made = in_minutes(schedule, box);
  if (!made) return made.error().detail;
  EXPECT_TRUE(model::is_sound(*made));
  std::string all;
  for (model::Window const& one : model::windows_in(*made, {time(from), time(until)}, most))
    all += to_text(one.from).substr(5, 11) + " to " + to_text(one.until).substr(5, 11) + "\n";
  return all;
}

constexpr TimeOfDay clock(int32_t hour) { return {hour * 60, std::nullopt}; }
constexpr TimeOfDay sun(SunEvent event) { return {0, event}; }

TEST(Schedule, Weekdays) {  // 2015-10-01 is a Thursday
  Schedule const school{180, {{0b0011111, clock(8), clock(14)}}};
  EXPECT_EQ(listed(school, "2015-10-01T00:00", "2015-10-05T12:00"),
            "10-01T05:00 to 10-01T11:00\n10-02T05:00 to 10-02T11:00\n10-05T05:00 to 10-05T11:00\n");
  EXPECT_EQ(listed(school, "2015-10-02T06:00", "2015-10-02T07:00"), "10-02T05:00 to 10-02T11:00\n");
  EXPECT_EQ(listed(school, "2015-10-03T00:00", "2015-10-04T12:00"), "");
  EXPECT_EQ(listed(school, "2199-10-01T00:00", "2199-10-01T12:00"), "10-01T05:00 to 10-01T11:00\n");
}

TEST(Schedule, OverMidnightAndWholeDays) {
  EXPECT_EQ(listed({0, {{every_day, clock(22), clock(6)}}}, "2015-10-01T00:00", "2015-10-02T23:00"),
            "09-30T22:00 to 10-01T06:00\n10-01T22:00 to 10-02T06:00\n10-02T22:00 to 10-03T06:00\n");
  EXPECT_EQ(listed({-720, {{every_day, clock(0), clock(24)}}}, "2015-10-01T13:00", "2015-10-03T00:00"),
            "10-01T12:00 to 10-03T12:00\n");
  EXPECT_EQ(listed({0, {{1, clock(8), clock(12)}, {1, clock(11), clock(15)}}}, "2015-10-05T00:00",
                   "2015-10-06T00:00"),
            "10-05T08:00 to 10-05T15:00\n");
}

// Outward: around all of them, and around all the time where days are too many to be looked at.
TEST(Schedule, TooManyWindowsAreOne) {
  Schedule const mornings{0, {{every_day, clock(8), clock(9)}}};
  EXPECT_EQ(listed(mornings, "2015-10-01T00:00", "2015-10-05T00:00", around(0, 0), 3),
            "10-01T08:00 to 10-04T09:00\n");
  EXPECT_EQ(listed(mornings, "2015-10-01T00:00", "2045-10-05T00:00"), "10-01T00:00 to 10-05T00:00\n");
  EXPECT_EQ(
      model::windows_in(*in_minutes(mornings, around(0, 0)), {UtcTime{INT64_MIN}, UtcTime{INT64_MAX}}, 9)
          .size(),
      1u);
}

TEST(Schedule, FromSunriseUntilSunset) {
  auto const made =
      in_minutes({180, {{every_day, sun(SunEvent::rise), sun(SunEvent::set)}}}, around(33.3, 44.4));
  ASSERT_TRUE(made);
  auto const windows = model::windows_in(*made, {time("2015-10-01T00:00"), time("2015-10-02T23:00")}, 9);
  ASSERT_EQ(windows.size(), 2u);
  EXPECT_LE(windows.front().from, time("2015-10-01T02:57"));  // Baghdad: 05:56 to 17:49
  EXPECT_GE(windows.front().from, time("2015-10-01T02:44"));
  EXPECT_GE(windows.front().until, time("2015-10-01T14:49"));
  EXPECT_LE(windows.front().until, time("2015-10-01T15:05"));
}

// What the floats say of a day of any year lies in a window of the machine's, from the equator to the poles.
TEST(Schedule, TheSunOfAnyYearIsWithinThatOfOne) {
  Period const periods[] = {{every_day, sun(SunEvent::rise), sun(SunEvent::set)},
                            {every_day, sun(SunEvent::dusk), sun(SunEvent::dawn)},
                            {every_day, clock(8), sun(SunEvent::set)},
                            {every_day, sun(SunEvent::set), clock(2)}};
  for (double const latitude : {-67.0, -34.0, 0.0, 33.3, 52.0, 61.0, 66.4, 70.0, 85.0})
    for (Period const& period : periods) {
      Box const box = around(latitude, 44.4);
      Duration const offset = minutes(180);
      auto const made = in_minutes({180, {period}}, box);
      ASSERT_TRUE(made);
      auto const at = [&](TimeOfDay const& of, int64_t day) {
        UtcTime const midnight = UtcTime{days(day).us} - offset;
        return of.event ? *moments_of(*of.event, day, offset, box)
                        : Moments{midnight + minutes(of.minutes), midnight + minutes(of.minutes)};
      };
      for (int64_t day = day_of("2000-01-01"); day < day_of("2099-12-30"); day += 53) {
        UtcTime const from = at(period.from, day).earliest;
        UtcTime until = at(period.until, day).latest;
        if (until <= from) until = at(period.until, day + 1).latest;
        auto const windows = model::windows_in(*made, {from, until}, 9);
        ASSERT_FALSE(windows.empty());
        bool const within = std::ranges::any_of(
            windows, [&](model::Window const& one) { return one.from <= from && until <= one.until; });
        EXPECT_TRUE(within) << latitude << " " << to_text(from) << " to " << to_text(until);
      }
    }
}

TEST(Schedule, DaysOfALeapYear) {
  EXPECT_EQ(model::day_of_leap_year(day_of("2015-01-01")), 0u);
  EXPECT_EQ(model::day_of_leap_year(day_of("2015-02-28")), 58u);
  EXPECT_EQ(model::day_of_leap_year(day_of("2016-02-29")), 59u);
  EXPECT_EQ(model::day_of_leap_year(day_of("2015-03-01")), 60u);
  EXPECT_EQ(model::day_of_leap_year(day_of("2015-12-31")), 365u);
  EXPECT_EQ(model::day_of_leap_year(day_of("2016-12-31")), 365u);
  EXPECT_EQ(model::day_of_leap_year(day_of("1969-12-31")), 365u);
  EXPECT_EQ(model::day_of_leap_year(day_of("2100-03-01")), 60u);
}

TEST(Schedule, WhatIsNone) {
  char const *a = "2015-10-01T00:00", *b = "2015-10-05T12:00";
  EXPECT_EQ(listed({0, {}}, a, b), "a schedule has one to 14 periods");
  EXPECT_EQ(listed({0, {{0, clock(1), clock(2)}}}, a, b), "a period needs a day");
  EXPECT_EQ(listed({0, {{1, clock(1), clock(1)}}}, a, b),
            "ends when it begins; a whole day is from 00:00 until 24:00");
  EXPECT_EQ(listed({0, {{1, clock(1), clock(25)}}}, a, b), "a day has 24 hours");
  EXPECT_EQ(listed({841, {{1, clock(1), clock(2)}}}, a, b),
            "no clock is more than 14 hours ahead of UTC or behind it");
  EXPECT_FALSE(model::is_sound(model::Schedule{0, {}}));
  EXPECT_FALSE(model::is_sound(model::Schedule{0, {{1, {{60, 60}}}}}));
  EXPECT_FALSE(model::is_sound(model::Schedule{0, {{1, {}}}}));
  EXPECT_FALSE(model::is_sound(model::Schedule{0, {{128, {{0, 60}}}}}));
  EXPECT_FALSE(model::is_sound(model::Schedule{841, {{1, {{0, 60}}}}}));
  EXPECT_TRUE(model::is_sound(model::Schedule{840, {{1, {{0, 60}}}}}));
}

}  // namespace
}  // namespace comity::earth
