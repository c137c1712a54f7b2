#include "earth/schedule.h"

#include <algorithm>
#include <cstdlib>

#include "base/limits.h"

namespace comity::earth {
namespace {

constexpr int32_t day_minutes = 1'440, widest_offset_minutes = 14 * 60;

int64_t local_day(UtcTime time, Duration utc_offset) {
  int64_t const us = time.us + utc_offset.us, day = days(1).us;
  return us >= 0 ? us / day : -((-us + day - 1) / day);
}

bool falls_on(int64_t day, uint32_t weekdays) {
  int64_t const weekday = ((day + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  return (weekdays >> weekday & 1) != 0;
}

bool is_time_of_day(TimeOfDay const& time) {
  return time.event || (time.minutes >= 0 && time.minutes <= day_minutes);
}

Result<void> check(Schedule const& schedule, UtcWindow const& within) {
  if (std::abs(schedule.utc_offset_minutes) > widest_offset_minutes)
    return fail(ErrorCode::bad_input, "no clock is more than 14 hours ahead of UTC or behind it");
  if (schedule.periods.empty() || schedule.periods.size() > limits::schedule_periods)
    return fail(ErrorCode::too_large,
                "a schedule has one to " + std::to_string(limits::schedule_periods) + " periods");
  for (Period const& period : schedule.periods) {
    if ((period.days & every_day) == 0) return fail(ErrorCode::bad_input, "a period needs a day");
    if (!is_time_of_day(period.from) || !is_time_of_day(period.until))
      return fail(ErrorCode::bad_input, "a day has 24 hours");
    if (period.from == period.until)
      return fail(ErrorCode::bad_input, "ends when it begins; a whole day is from 00:00 until 24:00");
  }
  if (within.until - within.from > days(limits::schedule_days))
    return fail(ErrorCode::too_large,
                "a schedule reaches at most " + std::to_string(limits::schedule_days) + " days");
  return {};
}

Result<Moments> moments_at(TimeOfDay const& time, int64_t day, Duration utc_offset, Box const& area) {
  if (time.event) return moments_of(*time.event, day, utc_offset, area);
  UtcTime const at = UtcTime{days(day).us} - utc_offset + minutes(time.minutes);
  return Moments{at, at};
}

Result<UtcWindow> window_on(int64_t day, Period const& period, Duration utc_offset, Box const& area) {
  Moments const begins = TRY(moments_at(period.from, day, utc_offset, area)),
                ends = TRY(moments_at(period.until, day, utc_offset, area));
  if (ends.latest > begins.earliest) return UtcWindow{begins.earliest, ends.latest};
  return UtcWindow{begins.earliest, TRY(moments_at(period.until, day + 1, utc_offset, area)).latest};
}

std::unexpected<Error> too_many() {
  return fail(ErrorCode::too_large, "the schedule has more than " + std::to_string(limits::extents) +
                                        " windows in this time: file a shorter one");
}

std::vector<UtcWindow> united(std::vector<UtcWindow> windows) {
  std::ranges::sort(windows, {}, [](UtcWindow const& one) { return std::pair(one.from, one.until); });
  std::vector<UtcWindow> all;
  for (UtcWindow const& one : windows) {
    if (!all.empty() && one.from <= all.back().until)
      all.back().until = std::max(all.back().until, one.until);
    else
      all.push_back(one);
  }
  return all;
}

}  // namespace

Result<std::vector<UtcWindow>> windows_of(Schedule const& schedule, UtcWindow const& within,
                                          Box const& area) {
  TRY_VOID(check(schedule, within));
  Duration const utc_offset = minutes(schedule.utc_offset_minutes);
  std::vector<UtcWindow> windows;
  // A window reaches into the day after; events of the sun may lie twelve hours beside their day.
  int64_t const last = local_day(within.until, utc_offset) + 1;
  for (int64_t day = local_day(within.from, utc_offset) - 2; day <= last; ++day)
    for (Period const& period : schedule.periods) {
      if (!falls_on(day, period.days)) continue;
      UtcWindow window = TRY(window_on(day, period, utc_offset, area));
      window.from = std::max(window.from, within.from), window.until = std::min(window.until, within.until);
      if (window.from <= window.until) windows.push_back(window);
      if (windows.size() > 2 * limits::extents) return too_many();  // however they touch each other
    }
  windows = united(std::move(windows));
  if (windows.size() > limits::extents) return too_many();
  return windows;
}

}  // namespace comity::earth
