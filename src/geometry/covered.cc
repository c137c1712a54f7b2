#include "geometry/covered.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "geometry/outline.h"

namespace comity::geometry {
namespace {

// Edges that are looked at, of all volumes and at all altitudes, before it is given up: some three milliseconds.
class Patience {
 public:
  bool for_edges(size_t edges) {
    looked_ += edges;
    return looked_ <= most;
  }

 private:
  static constexpr size_t most = 1'000'000;
  size_t looked_ = 0;
};

// A footprint where it is in the plane of the one asked about.
struct Laid {
  Outline const* outline = nullptr;
  int64_t shift = 0;
  Edge edge(size_t i) const { return moved(outline->edge(i), shift); }
};

// On which sides of an edge the corners of a box lie.
struct Sides {
  bool left = false, right = false;
};
Sides sides_of(Edge const& edge, Box const& box) {
  Sides sides;
  for (int64_t const x : {box.west, box.east})
    for (int64_t const y : {box.south, box.north}) {
      int const where = sign(turning(edge, {x, y}));
      sides.left |= where > 0, sides.right |= where < 0;
    }
  return sides;
}

// The edge and the inside of the box share a point.
bool cuts(Edge const& edge, Box const& box) {
  Box const of = box_of(edge);
  if (of.west >= box.east || of.east <= box.west || of.south >= box.north || of.north <= box.south)
    return false;
  Sides const sides = sides_of(edge, box);
  return sides.left && sides.right;
}

// In the closed polygon. Counts the edges south of it.
bool holds(Laid const& laid, Place place) {
  bool inside = false;
  for (size_t i = 0; i < laid.outline->edges(); ++i) {
    Edge const edge = laid.edge(i);
    Wide const turn = turning(edge, place);
    if (turn == 0 && box_holds(edge, place)) return true;
    if ((edge.from.x <= place.x) == (edge.to.x <= place.x)) continue;
    if ((turn > 0) == (edge.from.x < edge.to.x)) inside = !inside;
  }
  return inside;
}

// The middle of a box that no edge cuts: on coordinates of half a step.
bool holds_middle(Laid const& laid, Box const& box) {
  Place const middle{box.west + box.east, box.south + box.north};
  bool inside = false;
  for (size_t i = 0; i < laid.outline->edges(); ++i) {
    Edge const one = laid.edge(i);
    Edge const edge{{2 * one.from.x, 2 * one.from.y}, {2 * one.to.x, 2 * one.to.y}};
    if ((edge.from.x <= middle.x) == (edge.to.x <= middle.x)) continue;
    if ((turning(edge, middle) > 0) == (edge.from.x < edge.to.x)) inside = !inside;
  }
  return inside;
}

bool is_cut_by(Laid const& laid, Box const& box) {
  for (size_t i = 0; i < laid.outline->edges(); ++i)
    if (cuts(laid.edge(i), box)) return true;
  return false;
}

bool is_convex(Outline const& outline) {
  bool left = false, right = false;
  for (size_t i = 0; i < outline.edges(); ++i) {
    int const turn = sign(turning(outline.edge(i), outline.edge((i + 1) % outline.edges()).to));
    left |= turn > 0, right |= turn < 0;
  }
  return !(left && right);
}

class Cover {
 public:
  Cover(Outline const& what, std::vector<Laid> const& all, Patience& patience)
      : what_{&what, 0}, all_(all), patience_(patience) {}

  bool is_whole() {
    return std::ranges::any_of(all_, [&](Laid const& one) { return is_in_convex(one); }) ||
           is_in(what_.outline->box(), all_);
  }

 private:
  bool is_in_convex(Laid const& one) {
    return looks_at(one) && is_convex(*one.outline) &&
           std::ranges::all_of(what_.outline->places(),
                               [&](Place place) { return looks_at(one) && holds(one, place); });
  }

  bool looks_at(Laid const& laid) { return patience_.for_edges(laid.outline->edges()); }

  // Of what is asked about only what lies inside of the box counts: what lies on its border belongs to a box beside it as well.
  bool is_in(Box const& box, std::vector<Laid> const& near) {
    if (!looks_at(what_)) return false;
    if (!is_cut_by(what_, box) && !holds_middle(what_, box)) return true;
    std::vector<Laid> cutting;
    for (Laid const& one : near) {
      if (!looks_at(one)) return false;
      if (is_cut_by(one, box))
        cutting.push_back(one);
      else if (holds_middle(one, box))
        return true;
    }
    if (cutting.empty() || !corner_is_in({box.west, box.south})) return false;
    bool const is_unit = box.east - box.west <= 1 && box.north - box.south <= 1;
    if (!is_unit) return halves_are_in(box, cutting);
    return corner_is_in({box.west, box.north}) && corner_is_in({box.east, box.south}) &&
           corner_is_in({box.east, box.north});
  }

  bool corner_is_in(Place corner) {
    if (!holds(what_, corner)) return true;
    return std::ranges::any_of(all_, [&](Laid const& one) { return looks_at(one) && holds(one, corner); });
  }

  // In two, at a border that is a meridian or a parallel if there is one.
  bool halves_are_in(Box const& box, std::vector<Laid> const& near) {
    Box low = box, high = box;
    if (auto const x = border(box, near, &Place::x)) {
      low.east = high.west = *x;
    } else if (auto const y = border(box, near, &Place::y)) {
      low.north = high.south = *y;
    } else if (box.east - box.west >= box.north - box.south) {
      low.east = high.west = box.west + (box.east - box.west) / 2;
    } else {
      low.north = high.south = box.south + (box.north - box.south) / 2;
    }
    return is_in(low, near) && is_in(high, near);
  }

  static std::optional<int64_t> border(Box const& box, std::vector<Laid> const& near, int64_t Place::* axis) {
    for (Laid const& one : near)
      for (size_t i = 0; i < one.outline->edges(); ++i) {
        Edge const edge = one.edge(i);
        if (edge.from.*axis == edge.to.*axis && cuts(edge, box)) return edge.from.*axis;
      }
    return std::nullopt;
  }

  Laid const what_;
  std::vector<Laid> const& all_;
  Patience& patience_;
};

// A volume that lasts long enough, laid out once.
struct Lasting {
  explicit Lasting(model::Extent const& of) : extent(&of), outline(of.ring) {}
  model::Extent const* extent;
  Outline outline;
};

bool is_on_ground_of(Outline const& what, std::vector<Lasting> const& all,
                     std::pair<int32_t, int32_t> altitudes, Patience& patience) {
  std::vector<Laid> laid;
  for (Lasting const& one : all) {
    if (one.extent->low_mm > altitudes.first || one.extent->high_mm < altitudes.second) continue;
    for_each_shift(what.box(), one.outline.box(), {}, [&](int64_t shift) {
      laid.push_back({&one.outline, shift});
      return false;
    });
  }
  return !laid.empty() && Cover(what, laid, patience).is_whole();
}

}  // namespace

bool covered(model::Extent const& what, std::span<model::Extent const> by) {
  Outline const outline(what.ring);
  Box const& box = outline.box();
  if (outline.edges() == 0 || box.west == box.east || box.south == box.north) return false;
  std::vector<Lasting> lasting;
  std::set<int32_t> altitudes{what.low_mm, what.high_mm};
  for (model::Extent const& one : by) {
    if (one.from > what.from || one.until < what.until) continue;
    lasting.emplace_back(one);
    for (int32_t const bound : {one.low_mm, one.high_mm})
      if (bound > what.low_mm && bound < what.high_mm) altitudes.insert(bound);
  }
  Patience patience;
  auto high = altitudes.begin();
  auto low = high;
  if (altitudes.size() > 1) ++high;
  for (; high != altitudes.end(); low = high, ++high)
    if (!is_on_ground_of(outline, lasting, {*low, *high}, patience)) return false;
  return true;
}

}  // namespace comity::geometry
