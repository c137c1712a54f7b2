// When a zone is there, as geozones say it: on weekdays, from a time of day or of the sun until another (ED-269, ED-318); made into what the
// machine expands, which is integers (model/schedule.h).
//
// Days are local ones of a fixed offset from UTC, which is all that is known of a time zone: whose clocks change in spring and autumn, says
// so in two filings. A period that does not end after it begins ends on the next day. Times of the sun are those of sun.h, the earlier one where a period begins
// and the later one where it ends, of the whole area. A period with one has a window for each day of a leap year: around those of that day
// and of three days before and after it, of the year 2028, and two minutes. In any year from 2000 to 2099 a date lies within a day and a half of where the sun
// stands on it in that year, so windows err outward, by minutes where days change slowly, and never leave out a time that was meant.
//
// Errors: bad_input for a schedule without periods, a period without days, one that ends when it begins, an offset beyond fourteen hours, a
// time of day that is none, an area too wide for times of the sun; too_large for more than limits::schedule_periods. Pure; any thread. Some
// milliseconds with times of the sun.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "earth/sun.h"
#include "model/schedule.h"

namespace comity::earth {

// One of two: minutes after the local midnight, up to 1,440; or an event of the sun.
struct TimeOfDay {
  int32_t minutes = 0;
  std::optional<SunEvent> event;
  bool operator==(TimeOfDay const&) const = default;
};

struct Period {
  uint32_t days = 0;  // bit 0: Monday
  TimeOfDay from, until;
};

struct Schedule {
  int32_t utc_offset_minutes = 0;  // what local clocks are ahead
  std::vector<Period> periods;
};

inline constexpr uint32_t every_day = model::every_weekday;

Result<model::Schedule> in_minutes(Schedule const& schedule, Box const& area);

}  // namespace comity::earth
