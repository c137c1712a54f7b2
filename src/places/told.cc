#include "places/told.h"

#include <algorithm>

namespace comity::places {
namespace {

// A member; null if it is absent.
json::Value member_of(json::Value const& object, std::string_view name) {
  auto const* members = object.if_object();
  auto const* value = members ? members->if_contains(name) : nullptr;
  return value ? *value : json::Value();
}

// A polygon with altitudes above the ellipsoid in metres, as the centre tells it.
bool is_plain_as_told(json::Object const& filed, json::Value const& told) {
  for (char const* side : {"low", "high"}) {
    json::Value const altitude = member_of(filed, side), mm = member_of(told, std::string(side) + "_mm");
    if (altitude.is_null() != mm.is_null()) return false;
    json::Value const value = member_of(altitude, "value");
    bool const plain =
        member_of(altitude, "reference") == "W84" && member_of(altitude, "unit") == "m" && value.is_int64();
    if (!mm.is_null() && (!plain || mm != value.get_int64() * 1'000)) return false;
  }
  for (char const* name : {"polygon", "from", "until"})
    if (member_of(told, name) != member_of(filed, name)) return false;
  return true;
}

// What is said of it beside its polygon, as the centre keeps it (docs/formats.md, `said`), and its polygon among those that are told.
bool is_as_said(json::Object filed, json::Value const& said, json::Array const& told) {
  json::Value const polygon = member_of(filed, "polygon");
  bool const drawn_alike = polygon.is_null() || std::ranges::any_of(told, [&](json::Value const& one) {
                             return member_of(one, "polygon") == polygon;
                           });
  filed.erase("polygon");
  return drawn_alike && json::Value(std::move(filed)) == said;
}

}  // namespace

bool is_told(json::Object const& body, json::Value const& row) {
  for (char const* name : {"kind", "name", "source", "measured", "reconfirm_by"})
    if (member_of(row, name) != member_of(body, name)) return false;
  json::Value const said = member_of(row, "said"), told = member_of(row, "extents");
  if (member_of(said, "schedule") != member_of(body, "schedule") || !told.is_array()) return false;
  json::Value const kept = member_of(said, "extents");
  json::Array const& filed = body.at("extents").as_array();
  json::Array const& others = kept.is_array() ? kept.get_array() : told.get_array();
  if (others.size() != filed.size()) return false;
  for (size_t i = 0; i < filed.size(); ++i)
    if (kept.is_array() ? !is_as_said(filed[i].as_object(), others[i], told.get_array())
                        : !is_plain_as_told(filed[i].as_object(), others[i]))
      return false;
  return true;
}

std::vector<LatLng> corners_told(json::Value const& row) {
  json::Value const extents = member_of(row, "extents");
  auto const* volumes = extents.if_array();
  if (!volumes || volumes->empty()) return {};
  json::Value const polygon = member_of(volumes->front(), "polygon");
  auto const* corners = polygon.if_array();
  std::vector<LatLng> points;
  for (json::Value const& at : corners ? *corners : json::Array{}) {
    auto const* numbers = at.if_array();
    if (!numbers || numbers->size() != 2 || !(*numbers)[0].is_int64() || !(*numbers)[1].is_int64()) return {};
    points.push_back({static_cast<double>((*numbers)[1].get_int64()) / 1e7,
                      static_cast<double>((*numbers)[0].get_int64()) / 1e7});
  }
  return points;
}

}  // namespace comity::places
