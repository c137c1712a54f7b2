#include "places/body.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "crypto/sha256.h"
#include "crypto/uuid.h"

namespace comity::places {
namespace {

constexpr double degree_e7 = 1e7;
constexpr double metres_per_degree = 6'371'010 * std::numbers::pi / 180;

constexpr int outline_corners = 32;

int64_t e7(double degrees) { return std::llround(degrees * degree_e7); }

json::Array position(LatLng const& at) { return {e7(at.longitude), e7(at.latitude)}; }

enum class Side : uint8_t { low, high };
json::Object altitude(Altitude const& said, Side side) {
  double const outward = side == Side::low ? std::floor(said.value) : std::ceil(said.value);
  json::Object out{{"value", static_cast<int64_t>(outward)}};
  if (said.unit == Unit::flight_level) {
    out["unit"] = "FL", out["reference"] = "FL";
    return out;
  }
  out["unit"] = said.unit == Unit::m ? "m" : "ft";
  out["reference"] = said.reference == Reference::w84    ? "W84"
                     : said.reference == Reference::amsl ? "AMSL"
                                                         : "AGL";
  return out;
}

// The polygon around a circle. A hundredth more than the corners of one around a flat circle need: edges are straight in longitude and
// latitude, and the earth is no sphere.
std::vector<LatLng> outline(LatLng const& centre, double radius_m) {
  constexpr int corners = outline_corners;
  double const step = 2 * std::numbers::pi / corners;
  double const reach = 1.01 * radius_m / std::cos(step / 2) / metres_per_degree;
  double const shrunk = std::cos(std::min(89.0, std::abs(centre.latitude) + reach) * std::numbers::pi / 180);
  std::vector<LatLng> ring;
  for (int i = 0; i < corners; ++i) {
    double const longitude = centre.longitude + reach * std::sin(i * step) / shrunk;
    ring.push_back({std::clamp(centre.latitude + reach * std::cos(i * step), -90.0, 90.0),
                    std::remainder(longitude, 360)});
  }
  return ring;
}

json::Array polygon(std::vector<LatLng> const& ring) {
  json::Array out;
  for (model::Point const& at : ring_e7(ring)) out.push_back(json::Array{at.longitude_e7, at.latitude_e7});
  return out;
}

json::Object extent_of(Volume const& volume, Rounds rounds) {
  json::Object out;
  // Outward: never less than what was said.
  auto const radius = static_cast<int64_t>(std::ceil(volume.radius_m.value_or(0)));
  if (volume.shape == Shape::polygon)
    out["polygon"] = polygon(volume.points);
  else if (rounds == Rounds::outlined)
    out["polygon"] = polygon(outline(volume.points.front(), static_cast<double>(radius)));
  else if (volume.shape == Shape::circle)
    out["circle"] = json::Object{{"centre", position(volume.points.front())}, {"radius_m", radius}};
  else
    out["point"] = json::Object{{"at", position(volume.points.front())}, {"uncertainty_m", radius}};
  if (volume.low) out["low"] = altitude(*volume.low, Side::low);
  if (volume.high) out["high"] = altitude(*volume.high, Side::high);
  return out;
}

json::Array schedule_of(Window const& window) {
  json::Array out;
  for (Daily const& one : window.schedule)
    out.push_back(json::Object{
        {"days", json::Array(one.days.begin(), one.days.end())}, {"start", one.start}, {"end", one.end}});
  return out;
}

void add_time(json::Object& extent, Window const& window) {
  if (window.from) extent["from"] = to_text(*window.from);
  if (window.until) extent["until"] = to_text(*window.until);
  if (!window.schedule.empty()) extent["schedule"] = schedule_of(window);
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

json::Object body_of(Draft const& draft, std::string_view id, Rounds rounds) {
  json::Array extents;
  std::vector<Window> const always{{}};
  for (Window const& window : draft.windows.empty() ? always : draft.windows)
    for (Volume const& volume : draft.volumes) {
      json::Object extent = extent_of(volume, rounds);
      add_time(extent, window);
      extents.push_back(std::move(extent));
    }
  return {{"id", id},
          {"kind", word_of(draft.kind.value_or(model::SiteKind::other))},
          {"name", draft.name},
          {"source", draft.source},
          {"measured", draft.measured},
          {"reconfirm_by", to_text(draft.reconfirm_by.value_or(UtcTime{}))},
          {"extents", std::move(extents)}};
}

size_t corners_of(std::vector<Draft> const& drafts, Rounds rounds) {
  size_t all = 0;
  for (Draft const& draft : drafts)
    for (Volume const& volume : draft.volumes) {
      bool const outlined = volume.shape != Shape::polygon && rounds == Rounds::outlined;
      size_t const corners = outlined ? size_t{outline_corners} : volume.points.size();
      all += corners * std::max<size_t>(1, draft.windows.size());
    }
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
