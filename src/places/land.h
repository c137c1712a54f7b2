// Whether a place may lie on land: enough to notice coordinates that are the wrong way round, and no more.
//
// A table of squares of half a degree, made of Natural Earth's land at 1:10 million (tools/land-mask). A square counts as land if the
// least of it is, and what lies within a tenth of a degree of such a square counts as well, so a coast, a harbour or an island
// of some size is never called sea. What is called sea is at least ten kilometres away from any land of that map; reefs
// and rocks that it does not have are called sea, so this is asked about and never refused for. Lakes are land.
// Any latitude and longitude that is a number. Thread-safe.
#pragma once

#include "earth/cells.h"

namespace comity::places {

bool may_be_land(earth::LatLng const& at);

}  // namespace comity::places
