#include "base/time.h"

#include <gtest/gtest.h>

#include "base/seam.h"

namespace comity {
namespace {

constexpr int64_t us_in_year_10000 = 253'402'300'800'000'000;
constexpr int64_t us_in_year_1 = -62'135'596'800'000'000;

TEST(Times, have_one_canonical_text) {
  EXPECT_EQ(to_text(UtcTime{0}), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(to_text(UtcTime{-1}), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(to_text(UtcTime{1'456'704'000'000'001}), "2016-02-29T00:00:00.000001Z");
  EXPECT_EQ(to_text(UtcTime{us_in_year_1}), "0001-01-01T00:00:00.000000Z");
  EXPECT_EQ(to_text(UtcTime{us_in_year_10000 - 1}), "9999-12-31T23:59:59.999999Z");
  EXPECT_EQ(to_text(never), "never");
}

TEST(Times, read_back_what_was_written) {
  SeededEntropy entropy(1);
  for (int i = 0; i < 20'000; ++i) {
    uint64_t const span = static_cast<uint64_t>(us_in_year_10000 - us_in_year_1);
    UtcTime const time{us_in_year_1 + static_cast<int64_t>(entropy.next() % span)};
    EXPECT_EQ(parse_time(to_text(time)), time);
  }
}

TEST(Times, grow_with_their_text) {
  SeededEntropy entropy(2);
  for (int i = 0; i < 5'000; ++i) {
    UtcTime const a{static_cast<int64_t>(entropy.next() % us_in_year_10000)};
    UtcTime const b{static_cast<int64_t>(entropy.next() % us_in_year_10000)};
    EXPECT_EQ(a < b, to_text(a) < to_text(b));
  }
}

TEST(Times, are_read_in_the_canonical_text_only) {
  EXPECT_TRUE(parse_time("2026-11-24T06:30:00.000000Z"));
  for (char const* text :
       {"", "never", "2026-11-24T06:30:00Z", "2026-11-24T06:30:00.00000Z", "2026-11-24T06:30:00.0000000Z",
        "2026-11-24 06:30:00.000000Z", "2026-11-24T06:30:00.000000z", "2026-11-24T06:30:00.000000+",
        "2026-11-24T06:30:60.000000Z"})
    EXPECT_FALSE(parse_time(text)) << text;
}

TEST(StixTimes, have_any_number_of_fraction_digits) {
  EXPECT_EQ(parse_stix_time("1970-01-01T00:00:01Z"), UtcTime{1'000'000});
  EXPECT_EQ(parse_stix_time("1970-01-01T00:00:01.5Z"), UtcTime{1'500'000});
  EXPECT_EQ(parse_stix_time("1970-01-01T00:00:01.500Z"), UtcTime{1'500'000});
  EXPECT_EQ(parse_stix_time("1970-01-01T00:00:01.123456Z"), UtcTime{1'123'456});
}

TEST(StixTimes, round_toward_the_past) {
  EXPECT_EQ(parse_stix_time("1970-01-01T00:00:01.1234569Z"), UtcTime{1'123'456});
  EXPECT_EQ(parse_stix_time("1969-12-31T23:59:59.9999999Z"), UtcTime{-1});
}

TEST(StixTimes, of_a_leap_second_are_the_first_moment_of_the_next_minute) {
  EXPECT_EQ(parse_stix_time("2016-12-31T23:59:60Z"), parse_stix_time("2017-01-01T00:00:00Z"));
}

TEST(StixTimes, know_the_calendar) {
  EXPECT_TRUE(parse_stix_time("2024-02-29T00:00:00Z"));
  EXPECT_TRUE(parse_stix_time("2000-02-29T00:00:00Z"));
  for (char const* text :
       {"2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-04-31T00:00:00Z", "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z", "2024-01-00T00:00:00Z", "0000-01-01T00:00:00Z", "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z", "2024-01-01T00:00:61Z", "9999-12-31T23:59:60Z"})
    EXPECT_FALSE(parse_stix_time(text)) << text;
}

TEST(StixTimes, that_are_no_times_are_refused) {
  for (char const* text : {"", "Z", "2024", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01T00:00:00.Z",
                           "2024-01-01T00:00:00+00:00", "2024-01-01T00:00:00ZZ", " 2024-01-01T00:00:00Z",
                           "2024-1-01T00:00:00Z", "-024-01-01T00:00:00Z", "2024-01-01t00:00:00Z",
                           "2024-01-01T00:00:00.0000000000000000000000000000000Z"})
    EXPECT_FALSE(parse_stix_time(text)) << text;
}

TEST(Durations, have_the_subset_of_iso_8601_without_a_calendar) {
  EXPECT_EQ(parse_duration("PT0S"), seconds(0));
  EXPECT_EQ(parse_duration("PT30M"), minutes(30));
  EXPECT_EQ(parse_duration("P2D"), days(2));
  EXPECT_EQ(parse_duration("P1DT2H3M4S"), Duration{days(1).us + hours(2).us + minutes(3).us + seconds(4).us});
  EXPECT_EQ(parse_duration("PT90M"), minutes(90));
}

TEST(Durations, that_mean_a_calendar_or_nothing_are_refused) {
  for (char const* text : {"", "P", "PT", "P1DT", "P1Y", "P1M", "P1W", "PT1.5S", "-PT1S", "P-1D", "1D", "PT1",
                           "PT1H1H", "PT1M1H", "P1S", "PT12345678S", "P99999999999999999999D", "PT1S "})
    EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Durations, are_written_as_they_are_read) {
  EXPECT_EQ(to_text(Duration{}), "PT0S");
  EXPECT_EQ(to_text(minutes(90)), "PT1H30M");
  EXPECT_EQ(to_text(days(3)), "P3D");
  EXPECT_EQ(to_text(milliseconds(1'500)), "PT1.500000S");
  EXPECT_EQ(to_text(seconds(-61)), "-PT1M1S");
  SeededEntropy entropy(3);
  for (int i = 0; i < 5'000; ++i) {
    Duration const duration = seconds(static_cast<int64_t>(entropy.next() % 100'000'000));
    EXPECT_EQ(parse_duration(to_text(duration)), duration);
  }
}

TEST(Never, stays_never) {
  EXPECT_EQ(never + hours(1), never);
  EXPECT_LT(UtcTime{us_in_year_10000}, never);
}

}  // namespace
}  // namespace comity
