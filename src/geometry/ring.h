// Whether a ring is one: what every volume's footprint must pass before anything else of geometry/ is asked about it.
//
// A ring is open (its first point is not written again at the end), each edge goes the shorter way in longitude and is straight
// in (longitude, latitude), and longitudes count modulo one turn: -180 and 180 are the same meridian. Checked in this order,
// and the first fault is what is said:
//   too_few_points   fewer than three
//   out_of_range     latitude beyond 90, longitude beyond 180 degrees
//   half_a_turn      an edge of exactly 180 degrees of longitude: there is no shorter way
//   repeated_point   equal to an earlier one (so also: closed by its first point)
//   folded           an edge goes back over the one before it
//   crossing         two edges that are not neighbours cross or touch
//
// What passes: a simple polygon, also across the antimeridian, also once round a pole; which side is inside is said in
// outline.h. And one exception that the standard asks for (f3548-rules G3): a ring whose points all lie on one straight line
// of the plane has no area, passes whatever their order, and covers that line.
//
// The poles are judged as the plane shows them, as lines: points of latitude 90 with different longitudes are different here.
//
// Costs a sort and, for rings that are not made to be slow, little more than their length; at worst the square of it, one
// or two milliseconds for the thousand points that limits::polygon_vertices allows. Thread-safe: no state.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "model/agreement.h"

namespace comity::geometry {

struct RingFault {
  enum class Kind : uint8_t {
    too_few_points = 1,
    out_of_range,
    half_a_turn,
    repeated_point,
    folded,
    crossing
  };
  Kind kind = Kind::too_few_points;
  size_t at = 0;  // the first point, or the point where the first edge begins, of which this is true
  bool operator==(RingFault const&) const = default;
};

std::optional<RingFault> check_ring(std::span<model::Point const> ring);

}  // namespace comity::geometry
