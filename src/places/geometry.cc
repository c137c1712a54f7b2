// GeoJSON geometries, and what ED-318 adds to them.
#include "base/limits.h"
#include "places/values.h"
#include "places/walk.h"

namespace comity::places {
namespace {

class Geometry {
 public:
  Geometry(Draft& draft, Sizes const& sizes) : draft_(draft), sizes_(sizes) {}

  void read(At const& geometry) {
    std::string const type = geometry.text("type");
    auto const coordinates = geometry.member("coordinates");
    if (type == "GeometryCollection") return collection(geometry);
    if (!coordinates || !coordinates->is_list())
      return fault(geometry.pointer() + " is no geometry with coordinates");
    if (type == "Point") return point(*coordinates, geometry);
    if (type == "Polygon") return polygon(*coordinates, geometry);
    if (type == "MultiPoint" || type == "MultiPolygon") {
      for (At const& one : coordinates->elements())
        type == "MultiPoint" ? point(one, geometry) : polygon(one, geometry);
      return;
    }
    fault(type.starts_with("LineString") || type == "MultiLineString"
              ? geometry.pointer() + " is a line: a site is a point or an area; draw an area around it"
              : geometry.pointer() + " is of a type that GeoJSON does not have");
  }

 private:
  void fault(std::string text) { draft_.fault(std::move(text)); }

  void collection(At const& geometry) {
    auto const inside = geometry.member("geometries");
    if (!inside || !inside->is_list()) return fault(geometry.pointer() + " has no list of geometries");
    for (At const& one : inside->elements()) read(one);  // as deep as JSON may be
  }

  bool has_room() {
    if (draft_.volumes.size() < limits::extents) return true;
    if (draft_.volumes.size() == limits::extents && !overfull_)
      fault("it has more than " + std::to_string(limits::extents) + " volumes; make several sites of it");
    overfull_ = true;
    return false;
  }

  void add(Volume volume, At const& geometry) {
    if (auto const layer = geometry.member("layer")) {
      std::string const unit = layer->text("uom");
      volume.low = read_limit(draft_, *layer, {"lower", "lowerReference"}, unit);
      volume.high = read_limit(draft_, *layer, {"upper", "upperReference"}, unit);
    }
    draft_.volumes.push_back(std::move(volume));
  }

  void point(At const& position, At const& geometry) {
    if (!has_room()) return;
    auto const at = read_position(draft_, position);
    if (!at) return;
    auto radius = sizes_.radius_m;
    if (auto const extent = geometry.member("extent")) {
      radius = extent->number("radius");
      if (extent->text("subType") != "Circle" || !radius)
        return fault(extent->pointer() + " is no circle with a radius");
    }
    add({radius ? Shape::circle : Shape::point, {*at}, radius ? radius : sizes_.uncertainty_m, {}, {}},
        geometry);
  }

  void polygon(At const& rings, At const& geometry) {
    if (!has_room()) return;
    auto const all = rings.elements();
    if (all.empty()) return fault(rings.pointer() + " is no list of rings");
    if (all.size() > 1) draft_.remark("it has a hole, which would be filled: the whole outline is filed");
    auto ring = read_ring(draft_, all.front());
    if (!ring.empty()) add({Shape::polygon, std::move(ring), {}, {}, {}}, geometry);
  }

  Draft& draft_;
  Sizes const& sizes_;
  bool overfull_ = false;
};

}  // namespace

void add_geometry(Draft& draft, At const& geometry, Sizes const& sizes) {
  Geometry(draft, sizes).read(geometry);
}

std::optional<LatLng> read_position(Draft& draft, At const& position) {
  auto const numbers = position.elements();
  if (numbers.size() >= 2)
    if (auto const longitude = numbers[0].number(), latitude = numbers[1].number(); longitude && latitude)
      return LatLng{*latitude, *longitude};
  draft.fault(position.pointer() + " is no position: a list of longitude and latitude, in degrees");
  return std::nullopt;
}

std::vector<LatLng> read_ring(Draft& draft, At const& positions) {
  std::vector<LatLng> ring;
  auto const same = [](LatLng const& a, LatLng const& b) {
    return a.latitude == b.latitude && a.longitude == b.longitude;
  };
  for (At const& one : positions.elements()) {
    auto const at = read_position(draft, one);
    if (!at) return {};
    if (ring.empty() || !same(ring.back(), *at)) ring.push_back(*at);
    if (ring.size() > limits::ring_vertices + 1) break;
  }
  while (ring.size() > 1 && same(ring.front(), ring.back())) ring.pop_back();
  if (ring.size() > limits::ring_vertices) {
    draft.fault(positions.pointer() + " has more than " + std::to_string(limits::ring_vertices) +
                " corners; simplify it outwards");
    return {};
  }
  if (ring.size() < 3) {
    draft.fault(positions.pointer() + " is no ring: three corners at the least");
    return {};
  }
  return ring;
}

}  // namespace comity::places
