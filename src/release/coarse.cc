#include "release/coarse.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/time.h"
#include "release/gaps.h"
#include "release/grid.h"

namespace comity::release {
namespace {

std::optional<int32_t> e7_of(json::Object const& object, std::string_view name, int32_t most) {
  json::Value const* value = object.if_contains(name);
  if (!value || !value->is_number() || is_gap(*value)) return std::nullopt;
  double const e7 = std::floor(value->to_number<double>() * 1e7);
  return static_cast<int32_t>(std::clamp(e7, -double(most), double(most)));
}

void coarsen_time(json::Value& value, Duration step) {
  boost::json::string const& text = value.get_string();
  if (auto const time = parse_stix_time(std::string_view(text.data(), text.size())))
    value = to_text(rounded_down(*time, step));
}

void snap(json::Object& object, std::string_view name, std::optional<model::Point> place, uint32_t grid_m) {
  json::Value* value = object.if_contains(name);
  if (!value) return;
  if (!place) {
    *value = gap();
  } else {
    model::Point const middle = snapped(*place, grid_m).middle;
    *value = degrees(name == "latitude" ? middle.latitude_e7 : middle.longitude_e7);
  }
}

void coarsen_place(json::Object& object, uint32_t grid_m) {
  auto const place = place_of(object);
  for (std::string_view const name : {"latitude", "longitude"}) snap(object, name, place, grid_m);
}

}  // namespace

std::optional<model::Point> place_of(json::Object const& object) {
  auto const latitude = e7_of(object, "latitude", 900'000'000),
             longitude = e7_of(object, "longitude", 1'800'000'000);
  if (!latitude || !longitude) return std::nullopt;
  return model::Point{*longitude, *latitude};
}

json::Value degrees(int32_t e7) { return double(e7) / 1e7; }

bool is_coordinate(std::string_view name) { return name == "latitude" || name == "longitude"; }

void coarsen_coordinate(json::Object& object, std::string_view name, uint32_t grid_m) {
  snap(object, name, place_of(object), grid_m);
}

void coarsen(json::Value& value, model::GrantedField const& grant) {
  if (value.is_string() && grant.time_round_s != 0) return coarsen_time(value, seconds(grant.time_round_s));
  if (auto* array = value.if_array())
    for (json::Value& element : *array) coarsen(element, grant);
  auto* object = value.if_object();
  if (!object) return;
  if (grant.location_grid_m != 0) coarsen_place(*object, grant.location_grid_m);
  for (auto& member : *object) coarsen(member.value(), grant);
}

}  // namespace comity::release
