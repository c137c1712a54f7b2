#include "cli/geojson_in.h"

#include <set>

#include "base/limits.h"
#include "cli/members.h"
#include "cli/remote.h"
#include "cli/typed.h"
#include "json/json.h"
#include "json/validate.h"

namespace comity::cli {
namespace {

std::unexpected<Error> wrong(std::string what) {
  return fail(ErrorCode::bad_input, "GeoJSON: " + std::move(what));
}

Result<model::Point> read_point(json::Value const& value) {
  auto const* position = value.if_array();
  if (position && position->size() >= 2 && position->at(0).is_string() && position->at(1).is_string())
    if (auto const longitude = coordinate_e7(std::string_view(position->at(0).as_string()), 180))
      if (auto const latitude = coordinate_e7(std::string_view(position->at(1).as_string()), 90))
        return model::Point{*longitude, *latitude};
  return wrong("a position is [longitude, latitude] in degrees, in this order");
}

Result<MapShape> read_polygon(json::Value const& value) {
  auto const* rings = value.if_array();
  if (!rings || rings->empty() || !rings->front().is_array()) return wrong("a polygon is a list of rings");
  if (rings->size() > 1)
    return wrong(
        "a volume has no holes: leave the hole out, which files more, or draw several polygons round it");
  MapShape shape;
  for (auto const& position : rings->front().as_array()) shape.ring.push_back(TRY(read_point(position)));
  if (shape.ring.size() < 4 || shape.ring.front() != shape.ring.back())
    return wrong("a ring has four positions or more, and the last is the first again");
  shape.ring.pop_back();
  return shape;
}

class Reader {
 public:
  Result<void> take(json::Value const& value, json::Value const& properties);
  std::vector<MapShape> shapes;
  std::set<std::string> ids;

 private:
  Result<void> take_all(json::Array const* list, json::Value const& properties);
  Result<void> add(Result<MapShape> shape, json::Value const& properties);
};

Result<void> Reader::add(Result<MapShape> shape, json::Value const& properties) {
  if (!shape) return std::unexpected(shape.error());
  if (shapes.size() >= limits::extents)
    return wrong("an intent has at most " + std::to_string(limits::extents) + " volumes");
  shape->low = text_at(properties, "low"), shape->high = text_at(properties, "high");
  shape->from = text_at(properties, "from"), shape->until = text_at(properties, "until");
  shape->radius = text_at(properties, "radius_m");
  shape->low_mm = scaled_decimal(text_at(properties, "low_mm"), 0, Rounding::down);
  shape->high_mm = scaled_decimal(text_at(properties, "high_mm"), 0, Rounding::up);
  if (shape->centre && shape->radius.empty())
    return wrong("a Point is a volume only with the property `radius_m`");
  if (auto id = text_at(properties, "id"); !id.empty()) ids.insert(std::move(id));
  shapes.push_back(std::move(*shape));
  return {};
}

Result<void> Reader::take_all(json::Array const* list, json::Value const& properties) {
  if (!list) return wrong("a list is missing");
  for (auto const& one : *list) TRY_VOID(take(one, properties));
  return {};
}

Result<void> Reader::take(json::Value const& value, json::Value const& properties) {
  std::string const type = text_at(value, "type");
  if (type == "FeatureCollection") return take_all(list_at(value, "features"), {});
  if (type == "Feature") return take(member_of(value, "geometry"), member_of(value, "properties"));
  if (type == "GeometryCollection") return take_all(list_at(value, "geometries"), properties);
  if (type == "Polygon") return add(read_polygon(member_of(value, "coordinates")), properties);
  if (type == "MultiPolygon") {
    auto const* polygons = list_at(value, "coordinates");
    if (!polygons) return wrong("a MultiPolygon is a list of polygons");
    for (auto const& one : *polygons) TRY_VOID(add(read_polygon(one), properties));
    return {};
  }
  if (type == "Point") {
    MapShape shape;
    shape.centre = TRY(read_point(member_of(value, "coordinates")));
    return add(std::move(shape), properties);
  }
  return wrong(type.empty()
                   ? "something has no type, or a feature no geometry"
                   : "`" + type + "` is no area; polygons are, and points with the property `radius_m`");
}

bool is_number_char(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

}  // namespace

std::string with_numbers_as_text(BytesView json) {
  std::string out;
  for (size_t i = 0; i < json.size();) {
    char const c = json[i];
    if (c == '"') {
      size_t end = i + 1;
      while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
      out += json.substr(i, end + 1 - i);
      i = end + 1;
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      size_t end = i;
      while (end < json.size() && is_number_char(json[end])) ++end;
      out.append("\"").append(json.substr(i, end - i)).append("\"");
      i = end;
    } else {
      out += c;
      ++i;
    }
  }
  return out;
}

bool is_geojson(BytesView file) {
  auto const value = json::parse(file, limits::request_body_bytes, json::Numbers::any);
  if (!value) return false;
  std::string const type = text_at(*value, "type");
  return type == "FeatureCollection" || type == "Feature" || type == "GeometryCollection" ||
         type == "Polygon" || type == "MultiPolygon" || type == "Point";
}

Result<std::vector<MapShape>> read_geojson(BytesView file) {
  TRY_VOID(json::validate_ijson(file));
  std::string const text = with_numbers_as_text(file);
  auto const value = TRY(json::parse(text, text.size() + 1));
  Reader reader;
  TRY_VOID(reader.take(value, {}));
  if (reader.shapes.empty()) return wrong("there is no polygon in it");
  if (reader.ids.size() > 1)
    return wrong("its features have several ids, so they are several intents: one file for each");
  return std::move(reader.shapes);
}

}  // namespace comity::cli
