// Altitudes as a filing has them, to what the machine compares (earth/altitude.h). Inside this room: volumes.h.
//
//     {"value": 6000, "unit": "m", "reference": "W84"}    {"value": 90, "unit": "FL", "reference": "FL"}    {"reference": "GND"}
//
// References are W84, AMSL, AGL, FL, GND (or SFC) and UNL; the last three without value and unit but FL. The ground is
// {"low": …, "high": …}, each above W84 or AMSL. Problems stand at the altitude that they are of. Thread-safe: no state.
#pragma once

#include <optional>
#include <span>

#include "earth/altitude.h"
#include "forms/reader.h"
#include "model/airspace.h"

namespace comity::forms {

// The members `low`, `high` and `ground` of one volume, or of one way.
struct SaidAltitudes {
  struct One {
    earth::Altitude altitude;
    Place place;
  };
  std::optional<One> low, high, ground_low, ground_high;
  bool is_plain() const;  // metres above the ellipsoid, which is what the machine has
};
SaidAltitudes take_altitudes(Members& members);
// `altitude` and `ground`: one that is both bounds.
SaidAltitudes take_one_altitude(Members& members);

// Sets the bounds of the extent, whose ring is there, to what was said; leaves those alone of which nothing was.
void set_altitudes(SaidAltitudes const& said, model::Extent& extent);

}  // namespace comity::forms
