#include "geometry/map_rings.h"

#include <algorithm>
#include <numeric>

#include "geometry/floor_division.h"
#include "geometry/outline.h"

namespace comity::geometry {
namespace {

using Loop = std::vector<Place>;  // closed by its first place, which is not written again

constexpr int64_t longest_edge_e7 = turn_e7 / 4;

// Where an edge of a loop crosses a meridian. A place on the meridian counts as east of it.
struct Crossing {
  size_t edge;  // from this place of the loop to the next
  Place west, east;
  bool eastward;
};

// The height of a crossing is y + (x - west.x) * rise / run, a fraction.
int64_t run(Crossing const& one) { return one.east.x - one.west.x; }
int64_t rise(Crossing const& one) { return one.east.y - one.west.y; }
Wide height(Crossing const& one, int64_t x) {
  return Wide{one.west.y} * run(one) + Wide{x - one.west.x} * rise(one);
}
int64_t rounded_height(Crossing const& one, int64_t x) {
  return static_cast<int64_t>(floor_division<Wide>(2 * height(one, x) + run(one), 2 * Wide{run(one)}));
}

// Just west of the meridian, is one below the other? Where they end in one place, the steeper one comes from below.
bool is_below(Crossing const& one, Crossing const& other, int64_t x) {
  Wide const left = height(one, x) * run(other), right = height(other, x) * run(one);
  if (left != right) return left < right;
  return Wide{rise(one)} * run(other) > Wide{rise(other)} * run(one);
}

std::vector<Crossing> crossings_of(Loop const& loop, int64_t x) {
  std::vector<Crossing> all;
  for (size_t i = 0; i < loop.size(); ++i) {
    Place const from = loop[i], to = loop[(i + 1) % loop.size()];
    if ((from.x < x) == (to.x < x)) continue;
    bool const eastward = from.x < x;
    all.push_back({i, eastward ? from : to, eastward ? to : from, eastward});
  }
  return all;
}

// Along the meridian the inside begins at every other crossing: which two are the ends of one stretch of it.
std::vector<size_t> partners_of(std::vector<Crossing> const& crossings, int64_t x) {
  std::vector<size_t> order(crossings.size()), partner(crossings.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, [&](size_t a, size_t b) { return is_below(crossings[a], crossings[b], x); });
  for (size_t i = 0; i + 1 < order.size(); i += 2)
    partner[order[i]] = order[i + 1], partner[order[i + 1]] = order[i];
  return partner;
}

void add(Loop& loop, Place place) {
  if (loop.empty() || loop.back() != place) loop.push_back(place);
}

bool is_on(Loop const& loop, int64_t x) {
  return std::ranges::all_of(loop, [x](Place place) { return place.x == x; });
}

struct Parts {
  std::vector<Loop> west, east;
};

// Between two crossings that follow each other the loop stays on one side; such stretches are joined along the meridian.
Parts cut(Loop const& loop, int64_t x) {
  auto const crossings = crossings_of(loop, x);
  if (crossings.empty()) return loop.front().x < x ? Parts{{loop}, {}} : Parts{{}, {loop}};
  auto const partner = partners_of(crossings, x);
  std::vector<uint8_t> done(crossings.size(), 0);
  Parts parts;
  for (size_t first = 0; first < crossings.size(); ++first) {
    Loop part;
    for (size_t at = first; !done[at];) {
      done[at] = 1;
      size_t const end = (at + 1) % crossings.size();
      add(part, {x, rounded_height(crossings[at], x)});
      for (size_t i = crossings[at].edge; i != crossings[end].edge;) {
        i = (i + 1) % loop.size();
        add(part, loop[i]);
      }
      add(part, {x, rounded_height(crossings[end], x)});
      at = partner[end];
    }
    if (part.size() > 1 && part.back() == part.front()) part.pop_back();
    if (part.size() < 2 || is_on(part, x)) continue;  // done before, or it only touches the meridian
    (crossings[first].eastward ? parts.east : parts.west).push_back(std::move(part));
  }
  return parts;
}

// Between -180 and 180, counter-clockwise.
MapRing drawn(Loop const& loop) {
  int64_t west = INT64_MAX;
  Wide twice_area = 0;
  for (size_t i = 0; i < loop.size(); ++i) {
    Place const a = loop[i], b = loop[(i + 1) % loop.size()];
    west = std::min(west, a.x);
    twice_area += Wide{a.x - loop[0].x} * (b.y - loop[0].y) - Wide{b.x - loop[0].x} * (a.y - loop[0].y);
  }
  int64_t const shift = floor_division(west + half_turn_e7, turn_e7) * turn_e7;
  MapRing ring;
  for (Place const place : loop)
    ring.push_back({static_cast<int32_t>(place.x - shift), static_cast<int32_t>(place.y)});
  if (twice_area < 0) std::ranges::reverse(ring);
  while (ring.size() < 3) ring.push_back(ring.back());
  return ring;
}

}  // namespace

std::vector<MapRing> map_rings(std::span<model::Point const> ring) {
  Outline const outline(ring);
  auto const places = outline.places();
  if (places.size() < 2) return {};
  std::vector<MapRing> rings;
  std::vector<Loop> rest{Loop(places.begin(), places.end() - 1)};
  Box const box = outline.box();
  int64_t x = floor_division(box.west + half_turn_e7, turn_e7) * turn_e7 + half_turn_e7;
  for (; x < box.east; x += turn_e7) {
    std::vector<Loop> east;
    for (Loop const& loop : rest) {
      Parts parts = cut(loop, x);
      for (Loop const& part : parts.west) rings.push_back(drawn(part));
      for (Loop& part : parts.east) east.push_back(std::move(part));
    }
    rest = std::move(east);
  }
  for (Loop const& loop : rest) rings.push_back(drawn(loop));
  return rings;
}

std::vector<MapRing> map_rings(MapBox const& box) {
  if (box.west_e7 > box.east_e7) {
    constexpr auto end = static_cast<int32_t>(half_turn_e7);
    auto rings = map_rings(MapBox{box.south_e7, box.north_e7, box.west_e7, end});
    auto const beyond = map_rings(MapBox{box.south_e7, box.north_e7, -end, box.east_e7});
    rings.insert(rings.end(), beyond.begin(), beyond.end());
    return rings;
  }
  int64_t const wide = int64_t{box.east_e7} - box.west_e7;
  int64_t const pieces = std::max<int64_t>(1, ceiling_division(wide, longest_edge_e7));
  MapRing ring;
  for (int64_t i = 0; i <= pieces; ++i)
    ring.push_back({static_cast<int32_t>(box.west_e7 + wide * i / pieces), box.south_e7});
  for (int64_t i = pieces; i >= 0; --i)
    ring.push_back({static_cast<int32_t>(box.west_e7 + wide * i / pieces), box.north_e7});
  return {ring};
}

}  // namespace comity::geometry
