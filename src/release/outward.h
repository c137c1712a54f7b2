// What an office is told of the airspace, in the forms of maps: GeoJSON (RFC 7946) and KML 2.2 (OGC 12-007r2). 40-deconfliction,
// Zones: "Outward: KML network link and GeoJSON feed per viewer, so that ATAK, Google Earth and any GIS show it".
//
// Made of Told values, those of the JSON lists, for the same reader: a map says nothing that its list does not say, and is told under
// the oldest epoch of what it was made of (25-isolation G6). It is told as one string, which a door places by Composer::plain.
//
// GeoJSON. A FeatureCollection; a feature for each volume of each row. Coordinates are decimal degrees, written exactly from the
// machine's integers, longitude first, no altitude in them; rings counter-clockwise, cut at the antimeridian (geometry/map_rings.h).
// Properties are the row's members and, of the volume, `volume` ("filed", "shared" or "of the other side"), `low_mm`, `high_mm` above
// the ellipsoid of WGS84, `from`, `until`. A row without a volume has geometry null. `id` is that of the row, with `/2` and so on
// from its second volume on.
//
// KML. Drawn on the ground, with the altitudes in the text: KML's absolute altitudes are above the geoid of EGM96, what is filed here
// is above the ellipsoid, and the two are up to a hundred metres apart; a box drawn at the wrong height would be believed. Each
// volume has a TimeSpan. Texts of parties are escaped so that they show as letters, in the description too, which is HTML. A balloon
// shows the description and nothing else. The overlay names conflicts as far as they are disclosed and open notices with what is
// still to be answered; of closed ones nothing is left on a map. Where there is nothing, it says "none disclosed to you".
//
// Size and time in proportion to the lists, whose lengths limits::listed and limits::notices_per_office bound. May be called without
// the lock that guards the state: a Told is whole.
#pragma once

#include "release/egress.h"
#include "release/told.h"

namespace comity::release {

// Of a list of rows.
Told geojson_of(Told const& rows);

struct Overlay {
  Told intents, sites, conflicts, notices;
};
Told kml_of(Overlay const& overlay);

// The document that a program loads once, and which has it fetch the overlay again every half minute.
Released<Bytes> network_link();

}  // namespace comity::release
