// The squares of a grid that an outline touches when widened by a box, in whole numbers (definitions: snapped.h).
//
// A row of squares and the box make a strip of latitudes: the row has what the outline has in the strip, widened east and west.
// Going down from any place of the outline in the strip one meets an edge in the strip or the strip's lower end. So, seen
// from the south, the outline's part of the strip is: each edge cut to the strip, and the slice along its lower end.
// Each of these is an interval of x whose ends are fractions; it is put down as the whole units of 1e-7 degree that it
// touches, which is exact, as the columns and the antimeridian lie at whole units.
//
// Cost: one step for each row that an edge passes, and a sort in each row. Stops as soon as there are more squares than asked
// for, or rows.
// Thread-safe: no state.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "geometry/outline.h"
#include "geometry/snapped.h"

namespace comity::geometry {

// Sorted, each once; none if they are more than `most`. `widened_by.x` is at most half a turn.
std::optional<std::vector<Square>> touched_squares(Outline const& outline, Reach widened_by, int64_t cell,
                                                   size_t most);

}  // namespace comity::geometry
