// Whether an area can be one: exact, in integers (50-ledger: no floats where a ruling depends on it).
//
// A polygon is simple when its edges meet only where one ends and the next begins; it closes itself from its last
// point to its first. Longitude and latitude are taken as plane coordinates; no edge crosses the antimeridian. Takes
// time in the square of the points, which limits::polygon_vertices bounds. Thread-safe: no state.
#pragma once

#include <span>

#include "model/agreement.h"

namespace comity::forms {

// At least three points. Points that repeat, edges that run back over each other and areas of nothing are not simple.
bool is_simple(std::span<model::Point const> polygon);

}  // namespace comity::forms
