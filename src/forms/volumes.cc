#include "forms/volumes.h"

#include <algorithm>
#include <span>

#include "earth/circle.h"
#include "earth/coordinates.h"
#include "earth/corridor.h"
#include "forms/agreement_parts.h"
#include "forms/altitudes.h"
#include "json/canonical.h"
#include "model/telemetry.h"

namespace comity::forms {

std::optional<earth::TypedPlace> read_typed_place(Place const& place) {
  if (place.value().is_array()) return earth::TypedPlace{read_point(place), 0};
  auto const* text = place.value().if_string();
  if (!text) {
    place.refuse("must be [longitude, latitude] in 1e-7 degrees, or coordinates in a string");
    return std::nullopt;
  }
  auto typed = earth::read_place(std::string_view(*text));
  if (!typed) place.refuse(std::move(typed.error().detail));
  return typed ? std::optional(*typed) : std::nullopt;
}

namespace {

using Ring = std::vector<model::Point>;

std::optional<int64_t> take_metres(Members& members, std::string_view key) {
  auto const place = members.required(key);
  return place ? place->integer(1, limits::circle_m) : std::nullopt;
}

struct Footprint {
  std::vector<Ring> rings;
  std::optional<model::Point> centre;
  bool is_plain = false;
};

Footprint around(Place const& place, std::optional<earth::TypedPlace> const& centre,
                 std::optional<int64_t> radius_m) {
  Footprint read;
  if (!centre || !radius_m) return read;
  auto ring = earth::ring_around(centre->point, *radius_m * 1'000 + centre->uncertainty_mm);
  if (!ring) return place.refuse(std::move(ring.error().detail)), read;
  read.rings.push_back(std::move(*ring));
  read.centre = centre->point;
  return read;
}

Footprint read_circle(Place const& place) {
  Members members(place);
  auto const at = members.required("centre");
  auto const centre = at ? read_typed_place(*at) : std::nullopt;
  auto radius_m = take_metres(members, "radius_m");
  auto const uncertainty = members.optional("uncertainty_m");
  auto const more_m = uncertainty ? uncertainty->integer(0, limits::circle_m) : 0;
  if (radius_m && more_m) *radius_m += *more_m;
  return around(place, centre, radius_m);
}

Footprint read_uncertain_point(Place const& place) {
  Members members(place);
  auto const at = members.required("at");
  auto const centre = at ? read_typed_place(*at) : std::nullopt;
  return around(place, centre, take_metres(members, "uncertainty_m"));
}

// The places of a way, and by how much the least certain of them widens it.
struct Way {
  Ring points;
  int64_t uncertainty_mm = 0;
  void add(Place const& place) {
    auto const read = read_typed_place(place);
    points.push_back(read ? read->point : model::Point{});
    if (read) uncertainty_mm = std::max(uncertainty_mm, read->uncertainty_mm);
  }
};

std::vector<Ring> rings_of(Way const& way, Place const& list, std::optional<int64_t> half_width_m) {
  if (!half_width_m || !list.problems().none()) return {};
  auto rings = earth::rings_along(way.points, *half_width_m * 1'000 + way.uncertainty_mm);
  if (rings) return std::move(*rings);
  list.problems().add(list.pointer() + rings.error().pointer, std::move(rings.error().detail));
  return {};
}

Footprint read_corridor(Place const& place) {
  Members members(place);
  Footprint read;
  auto const along = members.required("along");
  auto const half_width_m = take_metres(members, "half_width_m");
  if (!along) return read;
  Way way;
  for (Place const& one : along->elements(limits::way_points)) way.add(one);
  read.rings = rings_of(way, *along, half_width_m);
  return read;
}

Footprint read_plain(Place const& place) { return {{read_polygon(place)}, std::nullopt, true}; }

struct Shape {
  std::string_view key;
  Footprint (*read)(Place const&);
};
constexpr Shape shapes[] = {{"polygon", read_plain},
                            {"circle", read_circle},
                            {"corridor", read_corridor},
                            {"point", read_uncertain_point}};

Footprint take_footprint(Members& members, Place const& place, VolumesOf kind) {
  auto const known = std::span(shapes).first(std::size(shapes) - (kind == VolumesOf::site ? 0 : 1));
  Footprint read;
  size_t given = 0;
  for (Shape const& shape : known)
    if (auto const at = members.optional(shape.key); at && ++given == 1) read = shape.read(*at);
  if (given == 1 || !members.is_object()) return read;
  std::string names;
  for (Shape const& shape : known) names.append(names.empty() ? "" : ", ").append(shape.key);
  place.refuse("a volume has one of " + names);
  return read;
}

void take_times(Members& members, model::Extent& extent) {
  if (auto const from = members.optional("from")) extent.from = from->time().value_or(extent.from);
  if (auto const until = members.optional("until")) extent.until = until->time().value_or(extent.until);
}

void check(Place const& place, model::Extent const& extent) {
  if (extent.low_mm > extent.high_mm) place.refuse("low lies above high");
  if (extent.from > extent.until) place.refuse("ends before it begins");
}

// What was said of one volume: all but its polygon, which the extent has as it is.
json::Object without_polygon(Place const& place) {
  json::Object said = place.value().as_object();
  said.erase("polygon");
  return said;
}

// Whether the extents say all that was said of it.
bool read_volume(Place const& place, VolumesOf kind, Volumes& volumes) {
  Members members(place);
  Footprint footprint = take_footprint(members, place, kind);
  SaidAltitudes const altitudes = take_altitudes(members);
  model::Extent common;
  take_times(members, common);
  for (Ring& ring : footprint.rings) {
    model::Extent extent{std::move(ring), common.low_mm, common.high_mm, common.from, common.until};
    set_altitudes(altitudes, extent);
    check(place, extent);
    volumes.extents.push_back(std::move(extent));
    volumes.centres.push_back(footprint.centre);
  }
  return footprint.is_plain && altitudes.is_plain();
}

void read_list(Place const& place, VolumesOf kind, Volumes& volumes) {
  auto const elements = place.elements(limits::extents);
  bool all_plain = true;
  for (Place const& element : elements) {
    all_plain = read_volume(element, kind, volumes) && all_plain;
    if (volumes.extents.size() > limits::extents) break;  // a hundred corridors would have ten thousand legs
  }
  if (place.value().is_array() && elements.empty()) place.refuse("must have a volume");
  if (volumes.extents.size() > limits::extents)
    place.refuse("more than " + std::to_string(limits::extents) + " volumes, with a corridor's legs");
  if (all_plain || !place.problems().none()) return;
  json::Array said;
  for (Place const& element : elements) said.push_back(without_polygon(element));
  volumes.said["extents"] = std::move(said);
}

// --- movements ---

struct WayPoint {
  UtcTime from, until;
};

WayPoint read_way_point(Place const& place, Way& way) {
  Members members(place);
  WayPoint read;
  if (auto const at = members.required("at")) way.add(*at);
  members.take_time("from", read.from);
  members.take_time("until", read.until);
  if (read.from > read.until) place.refuse("ends before it begins");
  return read;
}

void read_movement(Place const& place, Volumes& volumes) {
  Members members(place);
  auto const list = members.required("way_points");
  auto const half_width_m = take_metres(members, "half_width_m");
  SaidAltitudes const altitudes = take_altitudes(members);
  if (!list) return;
  Way way;
  std::vector<WayPoint> stops;
  for (Place const& one : list->elements(limits::way_points)) {
    WayPoint const stop = read_way_point(one, way);
    if (!stops.empty() && (stop.from < stops.back().from || stop.until < stops.back().until))
      one.refuse("comes before the way-point before it: they stand in the order of time");
    stops.push_back(stop);
  }
  auto rings = rings_of(way, *list, half_width_m);
  for (size_t leg = 0; leg < rings.size(); ++leg) {
    model::Extent extent{std::move(rings[leg]), model::lowest_ground_mm, model::highest_ground_mm,
                         stops[leg].from, stops[leg + 1].until};
    set_altitudes(altitudes, extent);
    check(place, extent);
    volumes.extents.push_back(std::move(extent));
    volumes.centres.emplace_back();
  }
  volumes.said["movement"] = place.value();
}

}  // namespace

Volumes take_volumes(Members& members, VolumesOf kind) {
  Volumes volumes;
  auto const movement = kind == VolumesOf::movement ? members.optional("movement") : std::nullopt;
  if (movement) {
    read_movement(*movement, volumes);
    if (auto const both = members.optional("extents"))
      both->refuse("a movement has either way-points or extents");
  } else if (auto const extents = members.required("extents")) {
    read_list(*extents, kind, volumes);
  }
  return volumes;
}

std::string kept(Volumes const& volumes, Place const& place) {
  if (volumes.said.empty()) return {};
  auto text = json::canonical(json::Value(volumes.said));
  if (text && text->size() <= limits::said_bytes) return std::move(*text);
  place.refuse("says its volumes in more words than are kept, which are " +
               std::to_string(limits::said_bytes) + " octets");
  return {};
}

}  // namespace comity::forms
