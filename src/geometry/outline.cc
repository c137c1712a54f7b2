#include "geometry/outline.h"

namespace comity::geometry {
namespace {

// Over the whole turn, is the ring north of the equator on the mean?
bool is_northern(std::span<Place const> path, int64_t turned) {
  Wide area = 0;  // twice that between the path and the equator
  for (size_t i = 0; i + 1 < path.size(); ++i)
    area += Wide{path[i].y + path[i + 1].y} * (path[i + 1].x - path[i].x);
  return turned > 0 ? area >= 0 : area <= 0;
}

}  // namespace

Outline::Outline(std::span<model::Point const> ring) {
  if (ring.empty()) return;
  size_t const most = ring.size() + 4;  // back to the first, and over a pole
  if (most > kept_inside) many_ = std::make_unique_for_overwrite<Place[]>(most);
  lay_out(ring, 0);
  turned_ = places().back().x - places().front().x;
  if (turned_ != 0) close_over_pole(ring);
}

void Outline::add(Place place) {
  room()[count_++] = place;
  box_.take_in(place);
}

void Outline::lay_out(std::span<model::Point const> ring, size_t first) {
  Place* out = room();
  model::Point last = ring[first];
  Place place{last.longitude_e7, last.latitude_e7};
  *out++ = place;
  Box box;
  auto const go_to = [&](model::Point next) {
    place = {place.x + step_e7(last, next), next.latitude_e7};
    box.take_in(place);
    *out++ = place;
    last = next;
  };
  for (model::Point const next : ring.subspan(first + 1)) go_to(next);
  for (model::Point const next : ring.first(first + 1)) go_to(next);
  box.take_in(room()[0]);
  box_ = box;
  count_ = ring.size() + 1;
}

void Outline::close_over_pole(std::span<model::Point const> ring) {
  bool const north = is_northern(places(), turned_);
  auto const nearest = north ? std::ranges::max_element(ring, {}, &model::Point::latitude_e7)
                             : std::ranges::min_element(ring, {}, &model::Point::latitude_e7);
  lay_out(ring, static_cast<size_t>(nearest - ring.begin()));
  Place const start = places().front(), end = places().back();
  int64_t const pole = north ? pole_e7 : -pole_e7;
  add({end.x, pole});
  add({start.x, pole});
  add(start);
}

bool Outline::is_box() const {
  if (count_ != 5) return false;
  auto const p = places();
  return (p[0].x == p[1].x && p[1].y == p[2].y && p[2].x == p[3].x && p[3].y == p[0].y) ||
         (p[0].y == p[1].y && p[1].x == p[2].x && p[2].y == p[3].y && p[3].x == p[0].x);
}

}  // namespace comity::geometry
