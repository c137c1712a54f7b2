#include "places/body.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "crypto/sha256.h"
#include "crypto/uuid.h"
#include "places/values.h"

namespace comity::places {
namespace {

constexpr double degree_e7 = 1e7;
int64_t e7(double degrees) { return std::llround(degrees * degree_e7); }

json::Array position(LatLng const& at) { return {e7(at.longitude), e7(at.latitude)}; }

json::Object above_sea(double metres) {
  return {{"value", static_cast<int64_t>(metres)}, {"unit", "m"}, {"reference", "AMSL"}};
}

enum class Side : uint8_t { low, high };
json::Object altitude(Altitude const& said, Side side) {
  bool const is_level = said.unit == Unit::flight_level;
  if (!is_level && said.reference == Reference::agl && said.value == 0) return {{"reference", "GND"}};
  double const outward = side == Side::low ? std::floor(said.value) : std::ceil(said.value);
  return {{"value", static_cast<int64_t>(outward)},
          {"unit", is_level               ? "FL"
                   : said.unit == Unit::m ? "m"
                                          : "ft"},
          {"reference", is_level                            ? "FL"
                        : said.reference == Reference::w84  ? "W84"
                        : said.reference == Reference::amsl ? "AMSL"
                                                            : "AGL"}};
}

json::Array polygon(std::vector<LatLng> const& ring) {
  json::Array out;
  for (model::Point const& at : ring_e7(ring)) out.push_back(json::Array{at.longitude_e7, at.latitude_e7});
  return out;
}

bool is_above_ground(std::optional<Altitude> const& limit) {
  return limit && limit->reference == Reference::agl && limit->unit != Unit::flight_level;
}

json::Object extent_of(Draft const& draft, Volume const& volume, Window const& window) {
  json::Object out;
  auto const radius = static_cast<int64_t>(std::ceil(volume.radius_m.value_or(0)));
  switch (volume.shape) {
    case Shape::polygon: out["polygon"] = polygon(volume.points); break;
    case Shape::circle:
      out["circle"] = json::Object{{"centre", position(volume.points.front())}, {"radius_m", radius}};
      break;
    case Shape::point:
      out["point"] = json::Object{{"at", position(volume.points.front())}, {"uncertainty_m", radius}};
      break;
  }
  if (volume.low) out["low"] = altitude(*volume.low, Side::low);
  if (volume.high) out["high"] = altitude(*volume.high, Side::high);
  if (draft.ground && (is_above_ground(volume.low) || is_above_ground(volume.high)))
    out["ground"] = json::Object{{"low", above_sea(std::floor(draft.ground->low_m))},
                                 {"high", above_sea(std::ceil(draft.ground->high_m))}};
  if (window.from) out["from"] = to_text(*window.from);
  if (window.until) out["until"] = to_text(*window.until);
  return out;
}

// `08:30` or an event of the sun. What ED-318 calls the end of evening civil twilight has another name in the form.
std::string time_of_day(std::string const& said, Edge edge) {
  auto const clock = read_clock(said, edge);
  if (!clock) return said == "EECT" ? "EMCT" : said;
  std::string const hours = std::to_string(100 + clock->minutes / 60),
                    rest = std::to_string(100 + clock->minutes % 60);
  return hours.substr(1) + ":" + rest.substr(1);
}

json::Object schedule_of(std::vector<Daily> const& schedule) {
  json::Array periods;
  int64_t offset = 0;
  for (Daily const& one : schedule) {
    for (auto const& [text, edge] : {std::pair(one.start, Edge::begins), std::pair(one.end, Edge::ends)})
      if (auto const clock = read_clock(text, edge)) offset = clock->offset_minutes;
    periods.push_back(json::Object{{"days", json::Array(one.days.begin(), one.days.end())},
                                   {"from", time_of_day(one.start, Edge::begins)},
                                   {"until", time_of_day(one.end, Edge::ends)}});
  }
  return {{"utc_offset_minutes", offset}, {"periods", std::move(periods)}};
}

// What makes it the same place in the next file.
std::string identity_of(Draft const& draft) {
  if (!draft.id.empty()) return "id\n" + draft.id;
  std::string out = "name\n" + draft.name;
  if (!draft.volumes.empty() && !draft.volumes.front().points.empty()) {
    LatLng const& at = draft.volumes.front().points.front();
    for (double const one : {at.latitude, at.longitude})
      if (std::abs(one) <= 180) out += "\n" + std::to_string(std::llround(one * 1e5));
  }
  return out;
}

}  // namespace

std::string site_id(std::string_view office, std::string_view source, Draft const& draft) {
  std::string const identity = identity_of(draft);
  crypto::Sha256 hash;
  hash.update("comity site of a file");
  for (std::string_view const part : {office, source, std::string_view(identity)}) {
    auto const size = crypto::PrfPart::octets_of(part.size());
    hash.update({size.data(), size.size()}).update(part);
  }
  return crypto::uuid_v4_shaped(hash.finish());
}

std::vector<model::Point> ring_e7(std::vector<LatLng> const& ring) {
  std::vector<model::Point> out;
  for (LatLng const& at : ring) {
    model::Point const point{static_cast<int32_t>(e7(at.longitude)), static_cast<int32_t>(e7(at.latitude))};
    if (out.empty() || out.back() != point) out.push_back(point);  // one corner, written with more digits
  }
  return out;
}

json::Object body_of(Draft const& draft, std::string_view id) {
  json::Array extents;
  std::vector<Window> const always{{}};
  for (Window const& window : draft.windows.empty() ? always : draft.windows)
    for (Volume const& volume : draft.volumes) extents.push_back(extent_of(draft, volume, window));
  json::Object body{{"id", id},
                    {"kind", word_of(draft.kind.value_or(model::SiteKind::other))},
                    {"name", draft.name},
                    {"source", draft.source},
                    {"measured", draft.measured},
                    {"reconfirm_by", to_text(draft.reconfirm_by.value_or(UtcTime{}))},
                    {"extents", std::move(extents)}};
  if (!draft.windows.empty() && !draft.windows.front().schedule.empty())
    body["schedule"] = schedule_of(draft.windows.front().schedule);
  return body;
}

size_t corners_of(std::vector<Draft> const& drafts) {
  size_t all = 0;
  for (Draft const& draft : drafts)
    for (Volume const& volume : draft.volumes)
      all += volume.points.size() * std::max<size_t>(1, draft.windows.size());
  return all;
}

char const* word_of(model::SiteKind kind) {
  using model::SiteKind;
  switch (kind) {
    case SiteKind::hospital: return "hospital";
    case SiteKind::school: return "school";
    case SiteKind::water: return "water";
    case SiteKind::camp: return "camp";
    case SiteKind::heritage: return "heritage";
    case SiteKind::shelter: return "shelter";
    case SiteKind::temporary_restriction: return "temporary_restriction";
    case SiteKind::other: return "other";
  }
  return "other";
}

}  // namespace comity::places
