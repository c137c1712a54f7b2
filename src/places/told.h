// What a centre tells of an office's sites (`/api/v1/sites`, docs/formats.md), beside what a file would file.
//
// The centre tells volumes as it has made them, and beside them `said`, what was said in another way than it has it: circles, points,
// altitudes but metres above the ellipsoid, schedules. is_told() finds a body (body.h) in a row by what was said where there is any, by
// the volumes where there is none. Pure; any thread.
#pragma once

#include <vector>

#include "json/json.h"
#include "places/draft.h"

namespace comity::places {

bool is_told(json::Object const& body, json::Value const& row);

// The corners of its first volume; none where the row has none.
std::vector<LatLng> corners_told(json::Value const& row);

}  // namespace comity::places
