#include "sequencer/commit_times.h"

#include <gtest/gtest.h>

namespace comity::sequencer {
namespace {

TEST(CommitTimes, AreTheUsualAndTheLongestOfTheLastMinutes) {
  CommitTimes times;
  EXPECT_EQ(times.summary(0).longest, Duration{}) << "there was none";
  for (int i = 1; i <= 9; ++i) times.took(milliseconds(i), seconds(i).us);
  times.took(seconds(3), seconds(10).us);
  EXPECT_EQ(times.summary(seconds(10).us).usual, milliseconds(6));
  EXPECT_EQ(times.summary(seconds(10).us).longest, seconds(3));
  EXPECT_EQ(times.summary(seconds(310).us).usual, seconds(3)) << "the others are too long ago";
  EXPECT_EQ(times.summary(seconds(311).us).longest, Duration{});
}

// How many there were cannot be told: the last second of a busy centre looks like its last hour.
TEST(CommitTimes, ManyAreAsFew) {
  CommitTimes few, many;
  for (int i = 0; i < 256; ++i) few.took(milliseconds(1), 0);
  for (int i = 0; i < 10'000; ++i) many.took(milliseconds(1), 0);
  EXPECT_EQ(few.summary(0).usual, many.summary(0).usual);
  EXPECT_EQ(few.summary(0).longest, many.summary(0).longest);
}

}  // namespace
}  // namespace comity::sequencer
