// Whether two volumes share a point: of the ground, of altitude, and of time. This is the exact answer of 40-deconfliction.
//
// All sets are closed, as the standard has it (f3548-rules G9): volumes that touch in one instant, at one altitude, or along a
// face, an edge or a corner overlap; so do volumes of which one lies inside the other. A bound that is no bound is the end of
// its type. A footprint with no area is a line, and a line overlaps what it touches.
//
// Footprints are compared as they were filed: edges straight in (longitude, latitude), modulo one turn (outline.h). A pole is
// one place: two footprints that reach it share it, at whatever longitudes.
//
// Promises: exact, without rounding, the same for ever; symmetric. For rings that check_ring refuses there is some answer.
// Units: 1e-7 degree, millimetres, microseconds. Errors: none. Thread-safe: no state.
//
// Costs: time, altitude and boxes first, and a box against a box ends there; then edges that are near each other
// (near_edges.h); then, if none touch, whether one holds a corner of the other.
#pragma once

#include <span>

#include "geometry/outline.h"
#include "model/airspace.h"

namespace comity::geometry {

bool overlaps(model::Extent const& a, model::Extent const& b);

// The footprints alone. Whoever asks many times of one volume lays it out once.
bool footprints_meet(Outline const& a, Outline const& b);

// Do both reach the same pole?
bool share_a_pole(Outline const& a, Outline const& b);

}  // namespace comity::geometry
