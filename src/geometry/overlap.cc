#include "geometry/overlap.h"

#include "geometry/near_edges.h"

namespace comity::geometry {
namespace {

// Is the place inside, where it is known to lie on no edge? Counts the edges south of it.
bool holds(Outline const& outline, Place place) {
  Box const& box = outline.box();
  if (place.x < box.west || place.x > box.east || place.y < box.south || place.y > box.north) return false;
  bool inside = false;
  for (size_t i = 0; i < outline.edges(); ++i) {
    Edge const edge = outline.edge(i);
    if ((edge.from.x <= place.x) == (edge.to.x <= place.x)) continue;
    bool const eastward = edge.from.x < edge.to.x;
    if ((turning(edge, place) > 0) == eastward) inside = !inside;
  }
  return inside;
}

bool meet_at(Outline const& a, Outline const& b, int64_t shift) {
  if (a.is_box() && b.is_box()) return true;
  if (for_near_edges(a, b, shift, {}, touch)) return true;
  Place const of_a = a.places()[0], of_b = b.places()[0];
  return holds(a, {of_b.x + shift, of_b.y}) || holds(b, {of_a.x - shift, of_a.y});
}

}  // namespace

bool share_a_pole(Outline const& a, Outline const& b) {
  return (a.reaches_north_pole() && b.reaches_north_pole()) ||
         (a.reaches_south_pole() && b.reaches_south_pole());
}

bool footprints_meet(Outline const& a, Outline const& b) {
  if (a.box().south > b.box().north || b.box().south > a.box().north) return false;
  return share_a_pole(a, b) ||
         for_each_shift(a.box(), b.box(), {}, [&](int64_t shift) { return meet_at(a, b, shift); });
}

bool overlaps(model::Extent const& a, model::Extent const& b) {
  if (a.from > b.until || b.from > a.until || a.low_mm > b.high_mm || b.low_mm > a.high_mm) return false;
  return footprints_meet(Outline(a.ring), Outline(b.ring));
}

}  // namespace comity::geometry
