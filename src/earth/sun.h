// When the sun rises and sets over an area, between bounds (40-deconfliction, "sunrise/sunset as the geozone standards have it").
//
// Of a local day the earliest and the latest moment at which the event is to be seen anywhere in the area, by the low-precision almanac
// formulas that NOAA publishes, whose error is a minute; and with half a degree of the sun's height on both sides, which is two minutes at the
// equator and more towards the poles, for air that bends light otherwise than usual and for who stands on a hill. Rising and setting: the
// upper edge of the sun on a sea horizon (-0.833 degrees); twilight: civil, -6 degrees.
//
// A local day is one of a fixed offset from UTC, and the event is that of the noon which lies in it. Where it does not happen that day
// anywhere in the area, or not everywhere, the bounds reach to twelve hours from that noon: outward, so that a polar day and a polar
// night are whole days.
//
// Errors: bad_input for an area wider or higher than ten degrees, of which nobody means one sunrise. Pure; any thread. Floats. Years 1901 to 2099.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "earth/box.h"

namespace comity::earth {

enum class SunEvent : uint8_t { dawn, rise, set, dusk };

struct Moments {
  UtcTime earliest, latest;
};
// `day`: days since 1970-01-01 by the local calendar.
Result<Moments> moments_of(SunEvent event, int64_t day, Duration utc_offset, Box const& area);

}  // namespace comity::earth
