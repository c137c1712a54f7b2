#include "state/calendar.h"

#include <gtest/gtest.h>

#include <map>

#include "base/seam.h"

namespace comity::state {
namespace {

UtcTime at(int64_t hour) { return {hour * hours(1).us + 5}; }

TEST(Calendar, TakesWhatHoldsByHourAndSlot) {
  Calendar calendar;
  std::map<uint32_t, int64_t> ends{{7, 3}, {2, 3}, {9, 1}, {4, 8}};
  auto const holds = [&](uint32_t slot, int64_t hour) {
    return ends.contains(slot) && ends.at(slot) == hour;
  };
  for (auto const& [slot, hour] : ends) calendar.add(at(hour), slot);
  ends.erase(9), calendar.gone(at(1), holds);
  EXPECT_EQ(calendar.take_before(at(5), 1, holds), (std::vector<uint32_t>{2}));
  EXPECT_EQ(calendar.take_before(at(5), 9, holds), (std::vector<uint32_t>{7}));
  EXPECT_EQ(calendar.take_before(at(5), 9, holds), (std::vector<uint32_t>{}));
  EXPECT_EQ(calendar.first(), (UtcTime{9 * hours(1).us}));
}

// What is filed and ended at once, ten thousand times a second, was kept for 28 days.
TEST(Calendar, WhatIsGoneIsNotKept) {
  Calendar calendar;
  SeededEntropy chance(1);
  std::map<uint32_t, int64_t> ends;
  auto const holds = [&](uint32_t slot, int64_t hour) {
    return ends.contains(slot) && ends.at(slot) == hour;
  };
  ends[1] = 0, calendar.add(at(0), 1);
  size_t most = 0;
  for (int step = 0; step < 20'000; ++step) {
    uint32_t const slot = 10 + static_cast<uint32_t>(chance.next() % 50);
    if (ends.contains(slot)) {
      UtcTime const end = at(ends.at(slot));
      ends.erase(slot), calendar.gone(end, holds);
    } else {
      ends[slot] = static_cast<int64_t>(chance.next() % 4), calendar.add(at(ends.at(slot)), slot);
    }
    most = std::max(most, calendar.kept());
  }
  EXPECT_LT(most, 2 * 51 + 4 * 20u);
  std::vector<uint32_t> const left = calendar.take_before(at(9), 100, holds);
  EXPECT_EQ(left.size(), ends.size());
}

TEST(Calendar, WhatEndsLastOfAllLeavesNoRow) {
  Calendar calendar;
  auto const none = [](uint32_t, int64_t) { return false; };
  for (uint32_t slot = 0; slot < 40; ++slot) calendar.add(at(2), slot);
  for (uint32_t slot = 0; slot < 40; ++slot) calendar.gone(at(2), none);
  EXPECT_EQ(calendar.kept(), 0u);
  EXPECT_EQ(calendar.first(), never);
}

}  // namespace
}  // namespace comity::state
