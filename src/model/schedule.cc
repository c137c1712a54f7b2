#include "model/schedule.h"

#include <algorithm>

#include "base/limits.h"

namespace comity::model {
namespace {

constexpr int32_t day_minutes = 1'440, widest_offset_minutes = 14 * 60;
constexpr int64_t longest_days = 3;   // of one window, from before its day begins
constexpr int64_t most_days = 4'000;  // looked at one by one

// The last day that has begun at that time.
int64_t local_day(UtcTime time, Duration utc_offset) {
  int64_t const us = time.us + utc_offset.us, day = days(1).us;
  return us >= 0 ? us / day : -((-us + day - 1) / day);
}

bool falls_on(int64_t day, uint32_t weekdays) {
  int64_t const weekday = ((day + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  return (weekdays >> weekday & 1) != 0;
}

bool is_sound(DayWindow const& one) {
  return one.from_minutes >= -day_minutes && one.from_minutes < one.until_minutes &&
         one.until_minutes <= longest_days * day_minutes;
}

std::vector<Window> united(std::vector<Window> windows) {
  std::ranges::sort(windows, {}, [](Window const& one) { return std::pair(one.from, one.until); });
  std::vector<Window> all;
  for (Window const& one : windows) {
    if (!all.empty() && one.from <= all.back().until)
      all.back().until = std::max(all.back().until, one.until);
    else
      all.push_back(one);
  }
  return all;
}

}  // namespace

bool is_sound(Schedule const& schedule) {
  auto const is_good = [](SchedulePeriod const& period) {
    bool const sized = period.windows.size() == 1 || period.windows.size() == leap_year_days;
    return sized && (period.days & every_weekday) != 0 && period.days <= every_weekday &&
           std::ranges::all_of(period.windows, [](DayWindow const& one) { return is_sound(one); });
  };
  return schedule.utc_offset_minutes >= -widest_offset_minutes &&
         schedule.utc_offset_minutes <= widest_offset_minutes && !schedule.periods.empty() &&
         schedule.periods.size() <= limits::schedule_periods &&
         std::ranges::all_of(schedule.periods, is_good);
}

std::vector<Window> windows_in(Schedule const& schedule, Window const& within, size_t most) {
  Duration const utc_offset = minutes(schedule.utc_offset_minutes);
  constexpr int64_t far = INT64_MAX / 2;  // no calendar goes there
  if (within.from > within.until) return {};
  if (within.from.us < -far || within.until.us > far || within.until - within.from > days(most_days))
    return {within};
  std::vector<Window> windows;
  int64_t const last = local_day(within.until, utc_offset) + 1;
  for (int64_t day = local_day(within.from, utc_offset) - longest_days; day <= last; ++day)
    for (SchedulePeriod const& period : schedule.periods) {
      if (!falls_on(day, period.days)) continue;
      DayWindow const& of_day =
          period.windows.size() == 1 ? period.windows.front() : period.windows[day_of_leap_year(day)];
      UtcTime const midnight = UtcTime{days(day).us} - utc_offset;
      Window const window{midnight + minutes(of_day.from_minutes), midnight + minutes(of_day.until_minutes)};
      if (window.from <= within.until && within.from <= window.until) windows.push_back(window);
    }
  windows = united(std::move(windows));
  if (windows.size() > most) return {{windows.front().from, windows.back().until}};
  return windows;
}

// By years that begin in March, so that a leap day is the last one of its year.
size_t day_of_leap_year(int64_t day) {
  constexpr int64_t of_four_centuries = 146'097, to_march_of_year_0 = 719'468;
  int64_t const since = day + to_march_of_year_0;
  int64_t const in_centuries = (since % of_four_centuries + of_four_centuries) % of_four_centuries;
  int64_t const year =
      (in_centuries - in_centuries / 1'460 + in_centuries / 36'524 - in_centuries / 146'096) / 365;
  int64_t const from_march = in_centuries - (365 * year + year / 4 - year / 100);
  constexpr int64_t january_and_february = 60;
  return static_cast<size_t>((from_march + january_and_february) % static_cast<int64_t>(leap_year_days));
}

}  // namespace comity::model
