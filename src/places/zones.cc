// The geozones of EUROCAE: ED-269, which has a form of its own, and ED-318, which is GeoJSON.
#include <algorithm>

#include "base/limits.h"
#include "places/read.h"
#include "places/values.h"
#include "places/walk.h"

namespace comity::places {
namespace {

constexpr std::string_view day_words[] = {"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN", "ANY"};
constexpr std::string_view event_words[] = {"SR", "SS", "BMCT", "EMCT", "EECT"};

template <size_t n>
bool is_one_of(std::string_view const (&words)[n], std::string_view word) {
  return std::ranges::find(words, word) != std::end(words);
}

std::string edge_of(Draft& draft, At const& daily, std::string_view time, std::string_view event) {
  std::string const at = daily.text(time), on = daily.text(event);
  if (!at.empty() && on.empty() && read_clock(at, Edge::begins)) return at;
  if (at.empty() && is_one_of(event_words, on)) return on;
  draft.fault(daily.pointer() + " has no " + std::string(time) + " as 08:00:00Z" +
              " and no event that is known");
  return "";
}

Daily read_daily(Draft& draft, At const& daily) {
  Daily out;
  if (auto const days = daily.member("day"))
    for (At const& day : days->is_list() ? days->elements() : std::vector{*days})
      out.days.push_back(day.text());
  bool const known = !out.days.empty() && out.days.size() <= std::size(day_words) &&
                     std::ranges::all_of(out.days, [](auto const& day) { return is_one_of(day_words, day); });
  if (!known) draft.fault(daily.pointer() + "/day is no list of MON to SUN, or ANY");
  out.start = edge_of(draft, daily, "startTime", "startEvent");
  out.end = edge_of(draft, daily, "endTime", "endEvent");
  return out;
}

std::optional<UtcTime> read_edge(Draft& draft, At const& period, std::string_view name, Edge edge) {
  std::string const text = period.text(name);
  if (text.empty()) return std::nullopt;
  auto const moment = read_moment(text, edge);
  if (!moment) draft.fault(period.pointer() + "/" + std::string(name) + " is no time with Z or an offset");
  return moment;
}

// The first that has a text; a plain text where an older file has one.
std::string text_in(std::optional<At> const& texts) {
  if (!texts) return "";
  for (At const& one : texts->elements())
    if (std::string text = one.text("text"); !text.empty()) return text;
  return texts->text();
}

std::string authority_of(At const& zone) {
  auto const authorities = zone.member("zoneAuthority");
  if (!authorities) return "";
  auto const all = authorities->is_list() ? authorities->elements() : std::vector{*authorities};
  return all.empty() ? "" : text_in(all.front().member("name"));
}

void add_projection(Draft& draft, At const& part) {
  auto const shape = part.member("horizontalProjection");
  std::string const type = shape ? shape->text("type") : "", unit = part.text("uomDimensions");
  Volume volume;
  if (type == "Circle") {
    auto const centre = shape->member("center");
    auto const at = centre ? read_position(draft, *centre) : std::nullopt;
    volume = {Shape::circle, {}, shape->number("radius"), {}, {}};
    if (at) volume.points = {*at};
    if (!at || !volume.radius_m)
      return draft.fault(shape->pointer() + " is no circle with center and radius");
    if (lower_case(unit) == "ft")
      draft.remark("its limits are in feet; its radius is taken as metres, the larger of the two");
  } else if (type == "Polygon") {
    auto const rings = shape->member("coordinates");
    auto const all = rings ? rings->elements() : std::vector<At>{};
    if (all.empty()) return draft.fault(shape->pointer() + " has no coordinates");
    if (all.size() > 1) draft.remark("it has a hole, which would be filled: the whole outline is filed");
    volume = {Shape::polygon, read_ring(draft, all.front()), {}, {}, {}};
    if (volume.points.empty()) return;
  } else {
    return draft.fault(part.pointer() + "/horizontalProjection is neither Circle nor Polygon");
  }
  volume.low = read_limit(draft, part, {"lowerLimit", "lowerVerticalReference"}, unit);
  volume.high = read_limit(draft, part, {"upperLimit", "upperVerticalReference"}, unit);
  draft.volumes.push_back(std::move(volume));
}

Draft zone_of_269(At const& zone) {
  Draft draft;
  draft.where = zone.pointer();
  std::string const country = zone.text("country");
  draft.id = (country.empty() ? "" : country + "/") + zone.text("identifier");
  draft.name = text_in(zone.member("name"));
  if (draft.name.empty()) draft.name = zone.text("identifier");
  draft.source = authority_of(zone);
  add_periods(draft, zone.member("applicability"));
  auto const parts = zone.member("geometry");
  if (!parts || !parts->is_list()) draft.fault(zone.pointer() + " has no list `geometry`");
  if (parts && parts->elements().size() > limits::extents) {
    draft.fault("it has more than " + std::to_string(limits::extents) + " volumes");
  } else if (parts) {
    for (At const& part : parts->elements()) add_projection(draft, part);
  }
  judge_zone(draft, zone.text("restriction"));
  return draft;
}

Draft zone_of_318(At const& feature) {
  Draft draft;
  draft.where = feature.pointer();
  auto const properties = feature.member("properties");
  if (!properties) draft.fault(feature.pointer() + " has no properties");
  At const& zone = properties ? *properties : feature;
  std::string const country = zone.text("country");
  draft.id = (country.empty() ? "" : country + "/") + zone.text("identifier");
  draft.name = text_in(zone.member("name"));
  if (draft.name.empty()) draft.name = zone.text("identifier");
  draft.source = authority_of(zone);
  add_periods(draft, zone.member("limitedApplicability"));
  if (auto const geometry = feature.member("geometry"))
    add_geometry(draft, *geometry, {});
  else
    draft.fault(feature.pointer() + " has no geometry");
  judge_zone(draft, zone.text("type"));
  return draft;
}

// The list of zones: under the name that the standard has, or one that files in use have; or the document itself.
std::optional<At> zones_in(At const& document) {
  if (document.is_list()) return document;
  for (char const* name : {"features", "UASZoneList", "UASZoneVersion"})
    if (auto list = document.member(name); list && list->is_list()) return list;
  return std::nullopt;
}

Result<std::vector<Draft>> read_zones(BytesView file, Draft (*zone_of)(At const&)) {
  json::Value const value = TRY(read_document(file));
  auto const list = zones_in(At(value, ""));
  if (!list) return fail(ErrorCode::bad_input, "it has no list of zones", "/features");
  auto const all = list->elements();
  if (all.size() > limits::places)
    return fail(ErrorCode::too_large,
                "at most " + std::to_string(limits::places) + " zones; cut the file into several",
                list->pointer());
  std::vector<Draft> drafts;
  for (At const& zone : all) {
    if (!zone.value().is_object()) return fail(ErrorCode::bad_input, "it is no zone", zone.pointer());
    drafts.push_back(zone_of(zone));
  }
  return drafts;
}

}  // namespace

void add_periods(Draft& draft, std::optional<At> const& periods) {
  if (!periods) return;
  bool always = false;
  for (At const& period : periods->is_list() ? periods->elements() : std::vector{*periods}) {
    Window window{read_edge(draft, period, "startDateTime", Edge::begins),
                  read_edge(draft, period, "endDateTime", Edge::ends),
                  {}};
    if (auto const schedule = period.member("schedule"))
      for (At const& daily : schedule->is_list() ? schedule->elements() : std::vector{*schedule})
        window.schedule.push_back(read_daily(draft, daily));
    if (period.text("permanent") == "YES") window.from.reset(), window.until.reset();
    always = always || (!window.from && !window.until && window.schedule.empty());
    draft.windows.push_back(std::move(window));
  }
  if (always) draft.windows.clear();
}

std::optional<Altitude> read_limit(Draft& draft, At const& volume, LimitWords words, std::string_view unit) {
  auto const place = volume.member(words.value);
  if (!place || lower_case(place->text()) == "unl") return std::nullopt;
  auto const value = place->number();
  auto const measure = read_unit(unit);
  auto const reference = read_reference(volume.text(words.reference));
  if (value && measure && *measure == Unit::flight_level)
    return Altitude{*value, Unit::flight_level, Reference::amsl};
  if (value && measure && reference) return Altitude{*value, *measure, *reference};
  draft.fault(volume.pointer() + "/" + std::string(words.value) +
              " is no altitude: a number with a unit (m, ft) and a reference (AGL, AMSL, WGS84)");
  return std::nullopt;
}

void judge_zone(Draft& draft, std::string_view restriction) {
  bool const ends = !draft.windows.empty() && std::ranges::all_of(draft.windows, [](Window const& window) {
    return window.until.has_value();
  });
  draft.kind = ends ? model::SiteKind::temporary_restriction : model::SiteKind::other;
  if (restriction == "NO_RESTRICTION")
    draft.remark("it says NO_RESTRICTION: notices would be raised near what restricts nothing");
}

Result<std::vector<Draft>> read_ed269(BytesView file) { return read_zones(file, zone_of_269); }
Result<std::vector<Draft>> read_ed318(BytesView file) { return read_zones(file, zone_of_318); }

}  // namespace comity::places
