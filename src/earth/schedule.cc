#include "earth/schedule.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/limits.h"

namespace comity::earth {
namespace {

constexpr int32_t day_minutes = 1'440, widest_offset_minutes = 14 * 60;
constexpr int64_t first_of_2028 = 21'184, beside_days = 3;
// Where a time stands still for days, at midsummer say, it does so at another second in another year.
constexpr int32_t beside_minutes = 2;

bool is_time_of_day(TimeOfDay const& time) {
  return time.event || (time.minutes >= 0 && time.minutes <= day_minutes);
}

Result<void> check(Schedule const& schedule) {
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
  return {};
}

// Bounds of a time of day, in minutes after the local midnight.
struct Bounds {
  int32_t earliest = 0, latest = 0;
};

int32_t minutes_down(Duration since) {
  int64_t const us = since.us, minute = minutes(1).us;
  return static_cast<int32_t>(us >= 0 ? us / minute : -((-us + minute - 1) / minute));
}

// The sun of the year 2028 and of some days beside it. Each event is worked out once, however many periods name it.
class SunOfAYear {
 public:
  SunOfAYear(Duration utc_offset, Box const& area) : utc_offset_(utc_offset), area_(area) {}

  // `place`: from the first day that is looked at on.
  Result<Bounds> at(TimeOfDay const& time, size_t place) {
    if (!time.event) return Bounds{time.minutes, time.minutes};
    auto& all = events_[static_cast<size_t>(*time.event)];
    if (all.empty()) TRY_VOID(work_out(*time.event, all));
    return all[place];
  }

  static constexpr size_t days_looked_at = model::leap_year_days + 2 * beside_days;

 private:
  Result<void> work_out(SunEvent event, std::vector<Bounds>& all) const {
    for (size_t place = 0; place <= days_looked_at; ++place) {  // the last window may end a day later
      int64_t const day = first_of_2028 - beside_days + static_cast<int64_t>(place);
      Moments const found = TRY(moments_of(event, day, utc_offset_, area_));
      UtcTime const midnight = UtcTime{days(day).us} - utc_offset_;
      all.push_back({minutes_down(found.earliest - midnight) - beside_minutes,
                     beside_minutes - minutes_down(midnight - found.latest)});
    }
    return {};
  }

  Duration utc_offset_;
  Box const& area_;
  std::array<std::vector<Bounds>, 4> events_;
};

Result<model::DayWindow> window_at(Period const& period, size_t place, SunOfAYear& sun) {
  Bounds const begins = TRY(sun.at(period.from, place)), ends = TRY(sun.at(period.until, place));
  if (ends.latest > begins.earliest) return model::DayWindow{begins.earliest, ends.latest};
  return model::DayWindow{begins.earliest, TRY(sun.at(period.until, place + 1)).latest + day_minutes};
}

Result<model::SchedulePeriod> of_every_year(Period const& period, SunOfAYear& sun) {
  model::SchedulePeriod made{period.days & every_day, {}};
  bool const by_sun = period.from.event || period.until.event;
  if (!by_sun) {
    made.windows.push_back(TRY(window_at(period, 0, sun)));
    return made;
  }
  std::vector<model::DayWindow> all;
  for (size_t place = 0; place < SunOfAYear::days_looked_at; ++place)
    all.push_back(TRY(window_at(period, place, sun)));
  for (size_t day = 0; day < model::leap_year_days; ++day) {
    model::DayWindow window = all[day];
    for (size_t beside = 1; beside <= 2 * beside_days; ++beside) {
      window.from_minutes = std::min(window.from_minutes, all[day + beside].from_minutes);
      window.until_minutes = std::max(window.until_minutes, all[day + beside].until_minutes);
    }
    made.windows.push_back(window);
  }
  return made;
}

}  // namespace

Result<model::Schedule> in_minutes(Schedule const& schedule, Box const& area) {
  TRY_VOID(check(schedule));
  model::Schedule made{schedule.utc_offset_minutes, {}};
  SunOfAYear sun(minutes(schedule.utc_offset_minutes), area);
  for (Period const& period : schedule.periods) made.periods.push_back(TRY(of_every_year(period, sun)));
  return made;
}

}  // namespace comity::earth
