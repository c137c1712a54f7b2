// GeoJSON (RFC 7946) of a file on its way into an intent: its polygons, and points with a radius.
//
// Taken are Polygon, MultiPolygon, GeometryCollection, and Point with the property `radius_m`, alone, in a Feature or in a
// FeatureCollection; each polygon is a volume. Numbers are read from their digits, not by way of a float, and rounded to the nearest
// 1e-7 degree. Of a feature's properties are taken `low`, `high` (typed.h; or `low_mm`, `high_mm` above the ellipsoid, as the centre
// gives them out), `from`, `until`, `radius_m`; the others are not looked at. The first place again at the end of a ring is left out.
// Altitudes in positions are not taken: they have no interval.
//
// Errors, bad_input with what to do: a hole (a volume has none), lines and points without a radius, numbers that are no coordinates,
// features of several ids, which are several intents. Whether a ring crosses itself is the centre's to say. Thread-safe: no state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "model/agreement.h"

namespace comity::cli {

// A volume as far as a map says it: a ring, or a centre with a radius.
struct MapShape {
  std::vector<model::Point> ring = {};
  std::optional<model::Point> centre = {};
  std::string radius = {};                                 // as typed; of a centre
  std::string low = {}, high = {}, from = {}, until = {};  // as typed; empty: not said
  std::optional<int64_t> low_mm = {}, high_mm = {};
};

bool is_geojson(BytesView file);
Result<std::vector<MapShape>> read_geojson(BytesView file);

// The same JSON with every number as a string of its digits, so that none is rounded by being read. For I-JSON.
std::string with_numbers_as_text(BytesView json);

}  // namespace comity::cli
