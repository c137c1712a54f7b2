#include "geometry/ring.h"

#include <algorithm>
#include <vector>

#include "geometry/near_edges.h"

namespace comity::geometry {
namespace {

using Kind = RingFault::Kind;
using Ring = std::span<model::Point const>;

std::optional<RingFault> out_of_range(Ring ring) {
  auto const wrong = std::ranges::find_if(ring, [](model::Point point) {
    return point.latitude_e7 < -pole_e7 || point.latitude_e7 > pole_e7 ||
           point.longitude_e7 < -half_turn_e7 || point.longitude_e7 > half_turn_e7;
  });
  if (wrong == ring.end()) return {};
  return RingFault{Kind::out_of_range, static_cast<size_t>(wrong - ring.begin())};
}

std::optional<RingFault> half_a_turn(Ring ring) {
  for (size_t i = 0; i < ring.size(); ++i) {
    int64_t const step = step_e7(ring[i], ring[(i + 1) % ring.size()]);
    if (step == half_turn_e7 || step == -half_turn_e7) return RingFault{Kind::half_a_turn, i};
  }
  return {};
}

std::optional<RingFault> repeated_point(Ring ring) {
  struct Numbered {
    model::Point point;
    size_t number;
    auto operator<=>(Numbered const&) const = default;
  };
  std::vector<Numbered> sorted;
  sorted.reserve(ring.size());
  for (size_t i = 0; i < ring.size(); ++i) {
    model::Point point = ring[i];
    if (point.longitude_e7 == half_turn_e7) point.longitude_e7 = -static_cast<int32_t>(half_turn_e7);
    sorted.push_back({point, i});
  }
  std::ranges::sort(sorted);
  size_t first = ring.size();
  for (size_t i = 1; i < sorted.size(); ++i)
    if (sorted[i].point == sorted[i - 1].point) first = std::min(first, sorted[i].number);
  if (first == ring.size()) return {};
  return RingFault{Kind::repeated_point, first};
}

// No area: all places on one line.
bool is_line(std::span<Place const> path) {
  return std::ranges::all_of(path, [&](Place place) { return turning({path[0], path[1]}, place) == 0; });
}

// The ring as it goes, from its first point, without what an outline adds at a pole.
std::vector<Place> path_of(Ring ring) {
  std::vector<Place> path{{ring[0].longitude_e7, ring[0].latitude_e7}};
  path.reserve(ring.size() + 1);
  for (size_t i = 0; i < ring.size(); ++i) {
    model::Point const next = ring[(i + 1) % ring.size()];
    path.push_back({path.back().x + step_e7(ring[i], next), next.latitude_e7});
  }
  return path;
}

// Does an edge go back over the one before it?
std::optional<RingFault> folded(std::span<Place const> path) {
  size_t const n = path.size() - 1;
  int64_t const turned = path[n].x - path[0].x;
  for (size_t i = 0; i < n; ++i) {
    Edge const edge = edge_of(path, i);
    Place const next = i + 1 < n ? path[i + 2] : Place{path[1].x + turned, path[1].y};
    if (turning(edge, next) != 0) continue;
    Wide const onward = Wide{edge.to.x - edge.from.x} * (next.x - edge.to.x) +
                        Wide{edge.to.y - edge.from.y} * (next.y - edge.to.y);
    if (onward < 0) return RingFault{Kind::folded, i};
  }
  return {};
}

// Of the edges in `a`, the first that touches an edge in `b`, moved by `shift`, that is later and no neighbour; or the number
// of edges.
size_t first_crossing(std::span<Place const> path, Run const& a, Run const& b, int64_t shift) {
  size_t const n = path.size() - 1;
  for (size_t i = a.first; i < a.end; ++i) {
    Edge const mine = edge_of(path, i);
    Box const box = moved(box_of(mine), -shift);
    if (!meet(box, b.box)) continue;
    size_t const end = i == 0 ? std::min(b.end, n - 1) : b.end;  // the last edge is a neighbour of the first
    for (size_t j = std::max(b.first, i + 2); j < end; ++j) {
      Edge const other = edge_of(path, j);
      if (meet(box, box_of(other)) && touch(mine, moved(other, shift))) return i;
    }
  }
  return n;
}

// Two edges that are no neighbours and touch. Neighbours are together shorter than a turn, so they meet where one ends and
// the other begins and, if the path is not folded, nowhere else.
std::optional<RingFault> crossing(std::span<Place const> path) {
  std::vector<Run> runs;
  for (size_t first = 0; first + 1 < path.size(); first += run_length) runs.push_back(run_of(path, first));
  size_t const none = path.size() - 1;
  size_t found = none;
  for (size_t i = 0; i < runs.size() && found == none; ++i)
    for (size_t j = i; j < runs.size(); ++j)
      for_each_shift(runs[i].box, runs[j].box, {}, [&](int64_t shift) {
        if (meet(runs[i].box, moved(runs[j].box, shift)))
          found = std::min(found, first_crossing(path, runs[i], runs[j], shift));
        return false;
      });
  if (found == none) return {};
  return RingFault{Kind::crossing, found};
}

}  // namespace

std::optional<RingFault> check_ring(Ring ring) {
  if (ring.size() < 3) return RingFault{Kind::too_few_points, ring.size()};
  if (auto const fault = out_of_range(ring)) return fault;
  if (auto const fault = half_a_turn(ring)) return fault;
  if (auto const fault = repeated_point(ring)) return fault;
  auto const path = path_of(ring);
  if (path.front() == path.back() && is_line(path)) return {};
  if (auto const fault = folded(path)) return fault;
  return crossing(path);
}

}  // namespace comity::geometry
