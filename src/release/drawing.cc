#include "release/drawing.h"

namespace comity::release {
namespace {

json::Array const* list_in(json::Object const& row, std::string_view name) {
  auto const* value = row.if_contains(name);
  return value ? value->if_array() : nullptr;
}

json::Object const* object_in(json::Object const& row, std::string_view name) {
  auto const* value = row.if_contains(name);
  return value ? value->if_object() : nullptr;
}

void take_bounds(DrawnVolume& volume, json::Object const& said) {
  volume.low_mm = number_in(said, "low_mm"), volume.high_mm = number_in(said, "high_mm");
  volume.from = text_in(said, "from"), volume.until = text_in(said, "until");
}

int32_t e7_of(json::Value const& value) { return static_cast<int32_t>(value.get_int64()); }

void add_extents(std::vector<DrawnVolume>& all, json::Object const& row, Drawn what) {
  auto const* extents = list_in(row, what == Drawn::off_nominal ? "off_nominal" : "extents");
  if (!extents) return;
  for (auto const& extent : *extents) {
    DrawnVolume volume{.what = what, .rings = {}, .low_mm = {}, .high_mm = {}, .from = {}, .until = {}};
    std::vector<model::Point> ring;
    for (auto const& point : extent.at("polygon").as_array())
      ring.push_back({e7_of(point.at(0)), e7_of(point.at(1))});
    volume.rings = geometry::map_rings(ring);
    take_bounds(volume, extent.as_object());
    all.push_back(std::move(volume));
  }
}

// Over the antimeridian where west > east.
model::Point middle_of(geometry::MapBox const& box) {
  constexpr int64_t half = 1'800'000'000;
  int64_t const east = box.east_e7 < box.west_e7 ? box.east_e7 + 2 * half : int64_t{box.east_e7};
  int64_t const longitude = (box.west_e7 + east) / 2;
  return {static_cast<int32_t>(longitude > half ? longitude - 2 * half : longitude),
          static_cast<int32_t>((int64_t{box.south_e7} + box.north_e7) / 2)};
}

void add_boxes(std::vector<DrawnVolume>& all, json::Object const& row) {
  auto const* boxes = list_in(row, "volumes");
  if (!boxes) return;
  for (auto const& said : *boxes) {
    geometry::MapBox const box{e7_of(said.at("south_e7")), e7_of(said.at("north_e7")),
                               e7_of(said.at("west_e7")), e7_of(said.at("east_e7"))};
    DrawnVolume volume{.what = Drawn::shared,
                       .rings = geometry::map_rings(box),
                       .low_mm = {},
                       .high_mm = {},
                       .from = {},
                       .until = {},
                       .middle = middle_of(box)};
    take_bounds(volume, said.as_object());
    all.push_back(std::move(volume));
  }
}

}  // namespace

std::string_view text_in(json::Object const& row, std::string_view name) {
  auto const* value = row.if_contains(name);
  auto const* text = value ? value->if_string() : nullptr;
  return text ? std::string_view(*text) : std::string_view();
}

std::optional<int64_t> number_in(json::Object const& row, std::string_view name) {
  auto const* value = row.if_contains(name);
  if (value && value->is_int64()) return value->get_int64();
  if (value && value->is_uint64()) return static_cast<int64_t>(value->get_uint64());
  return std::nullopt;
}

bool is_said(json::Object const& row, std::string_view name) {
  auto const* value = row.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

std::vector<DrawnVolume> volumes_of(json::Object const& row) {
  std::vector<DrawnVolume> all;
  add_extents(all, row, Drawn::filed);
  add_extents(all, row, Drawn::off_nominal);
  add_boxes(all, row);
  if (auto const* content = object_in(row, "content")) add_boxes(all, *content);
  if (auto const* other = object_in(row, "other"))
    add_extents(all, *other, Drawn::of_other), add_extents(all, *other, Drawn::off_nominal);
  return all;
}

json::Object properties_of(json::Object const& row) {
  json::Object out;
  for (auto const& member : row) {
    if (member.key() == "extents" || member.key() == "volumes" || member.key() == "off_nominal") continue;
    bool const nests = member.key() == "content" || member.key() == "other";
    out[member.key()] = nests && member.value().is_object()
                            ? json::Value(properties_of(member.value().get_object()))
                            : member.value();
  }
  return out;
}

}  // namespace comity::release
