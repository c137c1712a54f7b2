#include "forms/f3548_volume.h"

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "earth/circle.h"
#include "earth/edges.h"
#include "geometry/ring.h"

namespace comity::forms {
namespace {

constexpr double lowest_m = -8'000, highest_m = 100'000;

std::optional<double> number(json::Value const* value) {
  if (!value) return std::nullopt;
  if (value->is_double()) return value->get_double();
  if (value->is_int64()) return static_cast<double>(value->get_int64());
  return std::nullopt;
}

bool is_text(json::Value const* value, std::string_view text) {
  return value && value->is_string() && std::string_view(value->get_string()) == text;
}

json::Object const* object(json::Value const* value) { return value ? value->if_object() : nullptr; }

// Altitudes become whole millimetres outward, so that nothing is lost of a volume.
enum class Side : uint8_t { lower, upper };
F3548<int32_t> read_altitude(json::Value const& value, Side side) {
  auto const* altitude = value.if_object();
  if (!altitude) return bad("an altitude is an object");
  auto const metres = number(member(*altitude, "value"));
  if (!metres || *metres < lowest_m || *metres > highest_m)
    return bad("an altitude is a number of metres from -8000 to 100000");
  if (!is_text(member(*altitude, "reference"), "W84")) return bad("altitudes must be given above W84");
  if (!is_text(member(*altitude, "units"), "M")) return bad("altitudes must be given in M");
  double const mm = *metres * 1'000;
  return static_cast<int32_t>(side == Side::lower ? std::floor(mm) : std::ceil(mm));
}

F3548<UtcTime> read_time(json::Value const& value) {
  auto const* time = value.if_object();
  if (!time) return bad("a time is an object");
  if (!is_text(member(*time, "format"), "RFC3339")) return bad("the format of a time is RFC3339");
  auto const* text = member(*time, "value");
  auto const parsed =
      text && text->is_string() ? parse_rfc3339(std::string_view(text->get_string())) : std::nullopt;
  if (!parsed) return bad("a time is not in the form of RFC 3339");
  return *parsed;
}

F3548<earth::LatLng> read_point(json::Value const* value) {
  auto const* point = object(value);
  auto const latitude = point ? number(member(*point, "lat")) : std::nullopt;
  auto const longitude = point ? number(member(*point, "lng")) : std::nullopt;
  if (!latitude || !longitude) return bad("a point has lat and lng");
  return earth::LatLng{*latitude, *longitude};
}

struct Outline {
  std::vector<model::Cell> cells;
  std::vector<model::Point> ring;
};

// How an outline is to be read.
struct Reading {
  int too_large;
  Footprints footprints;
};

std::unexpected<F3548Fault> in_form(Error const& error, Reading how) {
  return bad(error.detail, error.code == ErrorCode::too_large ? how.too_large : 400);
}

// `ring` is asked for only where it is wanted.
template <class MakeRing>
F3548<Outline> outline_of(Result<std::vector<model::Cell>>&& cells, Reading how, MakeRing const& make_ring) {
  if (!cells) return in_form(cells.error(), how);
  Outline out{std::move(*cells), {}};
  if (how.footprints == Footprints::cells) return out;
  Result<std::vector<model::Point>> ring = make_ring();
  if (!ring) return in_form(ring.error(), how);
  if (geometry::check_ring(*ring)) return bad("the outline is no simple polygon");
  out.ring = std::move(*ring);
  return out;
}

F3548<Outline> read_polygon(json::Value const& value, Reading how) {
  auto const* polygon = value.if_object();
  auto const* vertices = polygon ? member(*polygon, "vertices") : nullptr;
  auto const* list = vertices ? vertices->if_array() : nullptr;
  if (!list) return bad("a polygon has a list of vertices");
  if (list->size() > limits::ring_vertices) return bad("a polygon of too many vertices");
  std::vector<earth::LatLng> ring;
  for (json::Value const& vertex : *list) {
    auto const point = read_point(&vertex);
    if (!point) return std::unexpected(point.error());
    ring.push_back(*point);
  }
  return outline_of(earth::cells_of(ring), how, [&] { return earth::straightened(ring); });
}

constexpr double degree_e7 = 1e7;

F3548<Outline> read_circle(json::Value const& value, Reading how) {
  auto const* circle = value.if_object();
  auto const* radius = circle ? object(member(*circle, "radius")) : nullptr;
  if (!circle || !radius) return bad("a circle has a centre and a radius");
  auto const centre = read_point(member(*circle, "center"));
  if (!centre) return std::unexpected(centre.error());
  auto const metres = number(member(*radius, "value"));
  if (!metres || !is_text(member(*radius, "units"), "M")) return bad("a radius is a number of M");
  return outline_of(earth::cells_of(earth::Circle{*centre, *metres}), how, [&] {
    model::Point const point{static_cast<int32_t>(std::lround(centre->longitude * degree_e7)),
                             static_cast<int32_t>(std::lround(centre->latitude * degree_e7))};
    return earth::ring_around(point, std::max<int64_t>(std::lround(*metres * 1'000), 1'000));
  });
}

// No cells where there is no outline (G2).
F3548<Outline> read_outline(json::Object const& volume, Reading how) {
  auto const* circle = member(volume, "outline_circle");
  auto const* polygon = member(volume, "outline_polygon");
  if (circle && polygon) return bad("both a circle and a polygon");
  if (circle) return read_circle(*circle, how);
  if (polygon) return read_polygon(*polygon, how);
  return Outline{};
}

void take_in(model::Hull& all, model::Hull&& one) {
  all.cells.insert(all.cells.end(), one.cells.begin(), one.cells.end());
  all.from = std::min(all.from, one.from), all.until = std::max(all.until, one.until);
  all.low_mm = std::min(all.low_mm, one.low_mm), all.high_mm = std::max(all.high_mm, one.high_mm);
}

}  // namespace

json::Value const* member(json::Object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  return value && !value->is_null() ? value : nullptr;
}

std::optional<UtcTime> parse_rfc3339(std::string_view text) {
  if (text.ends_with('Z') || text.ends_with('z')) {
    std::string upper(text);
    upper.back() = 'Z';
    if (upper.size() > 10 && upper[10] == 't') upper[10] = 'T';
    return parse_stix_time(upper);
  }
  constexpr size_t offset = 6;  // +hh:mm
  if (text.size() < offset + 2) return std::nullopt;
  std::string_view const tail = text.substr(text.size() - offset);
  auto const digit = [&](size_t at) { return tail[at] >= '0' && tail[at] <= '9' ? tail[at] - '0' : -100; };
  int const hours_ahead = digit(1) * 10 + digit(2), minutes_ahead = digit(4) * 10 + digit(5);
  if ((tail[0] != '+' && tail[0] != '-') || tail[3] != ':' || hours_ahead < 0 || hours_ahead > 23 ||
      minutes_ahead < 0 || minutes_ahead > 59)
    return std::nullopt;
  auto const local = parse_rfc3339(std::string(text.substr(0, text.size() - offset)) + "Z");
  if (!local) return std::nullopt;
  int64_t const ahead = (hours_ahead * 60 + minutes_ahead) * int64_t{60'000'000};
  return UtcTime{local->us + (tail[0] == '+' ? -ahead : ahead)};
}

F3548<Volume> read_volume(json::Value const* value, int too_large, Footprints footprints) {
  auto const* extent = object(value);
  auto const* volume = extent ? object(member(*extent, "volume")) : nullptr;
  if (!volume) return bad("an extent is an object with a volume");
  model::Hull hull;
  if (auto const* lower = member(*volume, "altitude_lower")) {
    auto const mm = read_altitude(*lower, Side::lower);
    if (!mm) return std::unexpected(mm.error());
    hull.low_mm = *mm;
  }
  if (auto const* upper = member(*volume, "altitude_upper")) {
    auto const mm = read_altitude(*upper, Side::upper);
    if (!mm) return std::unexpected(mm.error());
    hull.high_mm = *mm;
  }
  if (hull.low_mm > hull.high_mm) return bad("altitude_lower lies above altitude_upper");
  if (auto const* start = member(*extent, "time_start")) {
    auto const time = read_time(*start);
    if (!time) return std::unexpected(time.error());
    hull.from = *time;
  }
  if (auto const* end = member(*extent, "time_end")) {
    auto const time = read_time(*end);
    if (!time) return std::unexpected(time.error());
    hull.until = *time;
  }
  if (hull.from >= hull.until) return bad("time_end must be later than time_start");  // G8
  auto outline = read_outline(*volume, {too_large, footprints});
  if (!outline) return std::unexpected(outline.error());
  hull.cells = std::move(outline->cells);
  model::Extent filed{std::move(outline->ring), hull.low_mm, hull.high_mm, hull.from, hull.until};
  return Volume{std::move(hull), std::move(filed)};
}

F3548<Volumes> read_extents(json::Value const* value, int too_large, Footprints footprints) {
  auto const* extents = value ? value->if_array() : nullptr;
  if (!extents) return bad("extents must be a list");  // G7
  if (extents->empty()) return bad("at least one extent is needed");
  if (extents->size() > limits::extents) return bad("too many extents");
  Volumes all{{{}, model::latest, model::earliest, model::highest_mm, model::lowest_mm}, {}};
  for (json::Value const& extent : *extents) {
    auto volume = read_volume(&extent, too_large, footprints);
    if (!volume) return std::unexpected(volume.error());
    take_in(all.hull, std::move(volume->hull));
    if (!volume->extent.ring.empty()) all.extents.push_back(std::move(volume->extent));
  }
  earth::sort_cells(all.hull.cells);
  if (all.hull.cells.size() > limits::hull_cells) return bad("the area is too large", too_large);
  return all;
}

}  // namespace comity::forms
