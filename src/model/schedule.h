// When a protected site is there, in integers: windows of time that come again on weekdays (40-deconfliction).
//
// Days are local ones of a fixed offset from UTC. A period has one window for all its days; or, where it begins or ends with the sun, one for
// each day of a leap year, which the door has worked out by floats, outward, and which holds every year (earth/schedule.h). So the machine
// works out the windows of any time by itself and exactly: nothing of a schedule ends before its site does, and nothing waits for a pulse.
//
// windows_in() gives all that overlap a time, whole, sorted, those that touch as one. Where they would be more than `most` it gives one
// around all of them: outward, so that no window is ever left out. Total: for every value of a Schedule that is_sound(). Thread rule: as any
// value.
#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "base/time.h"
#include "model/agreement.h"

namespace comity::model {

// Minutes after the local midnight with which a day begins; `until` may lie in one of the days after.
struct DayWindow {
  int32_t from_minutes = 0, until_minutes = 0;
  bool operator==(DayWindow const&) const = default;
  auto fields(this auto& self) { return std::tie(self.from_minutes, self.until_minutes); }
};

inline constexpr size_t leap_year_days = 366;
inline constexpr uint32_t every_weekday = 0x7f;

struct SchedulePeriod {
  uint32_t days = 0;               // bit 0: Monday
  std::vector<DayWindow> windows;  // one; or of each day of a leap year
  bool operator==(SchedulePeriod const&) const = default;
  auto fields(this auto& self) { return std::tie(self.days, self.windows); }
};

struct Schedule {
  int32_t utc_offset_minutes = 0;  // what local clocks are ahead
  std::vector<SchedulePeriod> periods;
  bool operator==(Schedule const&) const = default;
  auto fields(this auto& self) { return std::tie(self.utc_offset_minutes, self.periods); }
};

bool is_sound(Schedule const& schedule);

std::vector<Window> windows_in(Schedule const& schedule, Window const& within, size_t most);

// Of the day so many after 1970-01-01, its place in a leap year, from 0.
size_t day_of_leap_year(int64_t day);

}  // namespace comity::model
