// The box around a ring, in 1e-7 degree: of what changes little from place to place, the height of the sea or the time of sunrise,
// its bounds in the box hold in the ring.
//
// Longitudes are unrolled from the ring's first point, so that `east` is never below `west` and may lie beyond 180 degrees. A ring
// that goes round a pole has the whole earth for its box. For a ring as model::Extent has it; without points, a box of nothing at 0, 0.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <span>

#include "model/agreement.h"

namespace comity::earth {

struct Box {
  int64_t west_e7 = 0, south_e7 = 0, east_e7 = 0, north_e7 = 0;
};
Box box_around(std::span<model::Point const> ring);

}  // namespace comity::earth
