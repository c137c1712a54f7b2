// Readers of the files in which sites and zones come: each takes the octets of a whole file and gives drafts in the file's order.
//
//   read_csv      RFC 4180 with commas, semicolons or tabs. The row of HXL hashtags (HXL 1.1: #geo+lat, #loc+name …) says what the
//                 columns are, in one of the first 25 rows; without one the first row does, by usual names (fields.h).
//   read_geojson  RFC 7946: a FeatureCollection, a Feature or a geometry. Properties are read by the same names as columns. A point
//                 with `radius` is a circle.
//   read_kml      OGC KML 2.2: placemarks with points and areas. Altitudes of KML are those of a drawing and are passed over; its
//                 ExtendedData is read by the same names as columns. Links to other files are not followed.
//   read_kmz      A ZIP file with a KML file in it: doc.kml, else the first one.
//   read_ed269    EUROCAE ED-269, its JSON: `features`, each a UASZoneVersion. A zone's volumes are those of one site.
//   read_ed318    EUROCAE ED-318: GeoJSON with `layer` and `extent` in its geometries and UAS zones as properties.
//
// Promises: nothing is opened, fetched or executed; XML has no document type, so no entities of its own; an archive is unpacked into
// memory only and by limits::archive_*; depth, number and size of everything are bounded by base/limits.h.
//
// Errors: bad_input or too_large, with a sentence that names the line or the JSON pointer. What is wrong with one place only is
// among that draft's faults. Lines count from 1. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "places/draft.h"

namespace comity::places {

enum class Format : uint8_t { csv, geojson, kml, kmz, ed269, ed318 };

// By its word: `csv`, `geojson`, `kml`, `kmz`, `ed269`, `ed318`.
std::optional<Format> format_named(std::string_view word);
// By what the octets are, and between kinds of JSON by what is in them; what is neither JSON nor XML nor an archive is CSV.
Format format_of(BytesView file);

Result<std::vector<Draft>> read(BytesView file, Format format);

Result<std::vector<Draft>> read_csv(BytesView file);
Result<std::vector<Draft>> read_geojson(BytesView file);
Result<std::vector<Draft>> read_kml(BytesView file);
Result<std::vector<Draft>> read_kmz(BytesView file);
Result<std::vector<Draft>> read_ed269(BytesView file);
Result<std::vector<Draft>> read_ed318(BytesView file);

}  // namespace comity::places
