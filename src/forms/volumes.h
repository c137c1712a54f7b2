// The volumes of a filing, as people and machines say them, to those that the machine compares (40-deconfliction): always outward, never
// guessed. Inside this room: command_airspace.cc, command_telemetry.cc.
//
// `extents` is a list of volumes, each with one footprint of these, and with altitudes (altitudes.h) and times:
//     "polygon": [[lng_e7, lat_e7], …]                        as it is
//     "circle": {"centre": PLACE, "radius_m": 500}            the polygon around it (earth/circle.h)
//     "corridor": {"along": [PLACE, …], "half_width_m": 100}  a volume for each leg (earth/corridor.h)
//     "point": {"at": PLACE, "uncertainty_m": 50}             of a site: the circle of that radius
// A circle may have an `uncertainty_m` too, which is added to its radius. `movement`, of an intent that is one, has way-points, each with
// the time from which somebody may be there and until which: a leg's volume lasts from the earliest at its beginning to the latest at its
// end. Without altitudes it lies on the ground, wherever that is: between the lowest that there is and the highest mountain.
// PLACE is [lng_e7, lat_e7] or typed text (earth/coordinates.h), whose uncertainty widens what it is the middle of.
//
// What is said in another way than the machine has it, is kept as it was said: `said`, the canonical JSON of these members without polygons, of
// at most limits::said_bytes; empty if there is nothing that the extents do not say. Problems stand at the member that is wrong. A plain polygon
// takes what its own checks take. Thread-safe: no state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "earth/coordinates.h"
#include "forms/reader.h"
#include "json/json.h"
#include "model/airspace.h"
#include "model/schedule.h"

namespace comity::forms {

struct Volumes {
  std::vector<model::Extent> extents;
  // Of each extent that is a circle its centre: what may be larger than a polygon may.
  std::vector<std::optional<model::Point>> centres;
  json::Object said;
};

enum class VolumesOf : uint8_t { flight, movement, site };
// The members `extents`, and of a movement `movement`: one of the two.
Volumes take_volumes(Members& members, VolumesOf kind);

// Of a site the member `schedule`: when its volumes are there, of the time between their `from` and `until`, where they have any.
//     {"utc_offset_minutes": 180, "periods": [{"days": ["MON", "FRI"], "from": "08:00", "until": "SS"}]}
// Days are those of geozones (also ANY), times HH:MM up to 24:00, or BMCT, SR, SS, EMCT: the beginning of morning civil twilight,
// sunrise, sunset, the end of evening civil twilight. site_schedule.cc.
std::optional<model::Schedule> take_schedule(Members& members, Volumes& volumes);
// Of a constraint the same: what other systems are given has no schedule, so each volume becomes one for each window, limits::extents of them
// at most, and a constraint of more is filed for a shorter time.
void expand_schedule(Members& members, Volumes& volumes);

// PLACE.
std::optional<earth::TypedPlace> read_typed_place(Place const& place);

// What `said` is kept as.
std::string kept(Volumes const& volumes, Place const& place);

}  // namespace comity::forms
