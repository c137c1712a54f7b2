// Which S2 cells of level 13, about a square kilometre each, a footprint touches (f3548-rules G3 to G6): what the standard's ecosystem
// compares in place of geometry.
//
// This room computes in floats and knows no ruling: what comes out of it are facts of a command, as are the facts of an object that is
// contributed. The same footprint may be covered by other cells by another version of S2; a record keeps the cells that it was
// ruled on.
//
// A polygon has at least three vertices, none twice, and edges that are geodesics and do not cross; either winding, and the
// smaller side is inside. One without area is covered as the line that it is. A circle is the cap around its centre on a sphere of
// 6,371,010 m radius, so a centre near a pole or the antimeridian is as good as any. The covering of a footprint is all cells that
// touch it, and may hold some that do not quite (S2's coverings err outward).
//
// Errors: bad_input with a sentence; too_large for a polygon of more than 2,500 km² (G4) and a circle beyond limits::circle_m (G5).
// Pure; any thread. A polygon takes about 12 µs, a rectangle 3 µs.
#pragma once

#include <vector>

#include "base/result.h"
#include "model/airspace.h"

namespace comity::earth {

// Degrees of WGS84.
struct LatLng {
  double latitude = 0, longitude = 0;
};

struct Circle {
  LatLng centre;
  double radius_m = 0;
};

Result<std::vector<model::Cell>> cells_of(std::vector<LatLng> const& ring);
Result<std::vector<model::Cell>> cells_of(Circle const& circle);
// Of a polygon whose edges are straight in longitude and latitude, as those that are filed natively.
Result<std::vector<model::Cell>> cells_of(std::vector<model::Point> const& ring);
// Of the cap around a centre that holds all these points: of a circle's ring, which may be larger than a polygon may.
Result<std::vector<model::Cell>> cells_around(LatLng const& centre, std::vector<LatLng> const& ring);

// Sorted, each once.
void sort_cells(std::vector<model::Cell>& cells);

}  // namespace comity::earth
