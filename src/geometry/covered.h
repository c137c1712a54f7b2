// Whether one volume lies inside of others taken together: what a reported place is held against (40-deconfliction, conformance).
//
// A volume takes part if it lasts for all the time of the one that is asked about. On the ground and in altitude they are taken together:
// where two overlap or share a border, what lies across it is inside. All sets are closed.
//
// When it says yes, it is so, to a step of 1e-7 degree: what lies between two neighbouring coordinates is nowhere. It says no to what is
// not inside, and to what would take too long to be sure of: ground that is cut into pieces with slanting borders and no overlap, looked at
// with a wide circle. The plane is halved until a piece lies in one of the volumes whole, first along those borders that are meridians or
// parallels.
//
// For rings that check_ring accepts. Units: 1e-7 degree, millimetres, microseconds. Errors: none. Thread-safe: no state. Costs the edges of what is
// near for each piece: about ten microseconds where one circle of 32 corners lies in one polygon, at most a few milliseconds.
#pragma once

#include <span>

#include "model/airspace.h"

namespace comity::geometry {

bool covered(model::Extent const& what, std::span<model::Extent const> by);

}  // namespace comity::geometry
