// Which edges of two paths are worth a look: those whose boxes come within reach of each other.
//
// Neighbouring edges lie near each other. So edges are taken in runs of sixteen, each run with its box; a run that is out of
// reach of the whole other path is passed over, then each pair of runs, then each edge against a run. Between two rings of
// a thousand points that have few places near each other this costs about as many steps as there are pairs of runs, four
// thousand; two rings that zigzag through each other everywhere cost the product of their points.
//
// A pair is shown at most once, in a fixed order. Thread-safe: no state.
#pragma once

#include <span>
#include <vector>

#include "geometry/outline.h"

namespace comity::geometry {

// Edges that follow each other, and a box around them.
struct Run {
  size_t first = 0, end = 0;
  Box box;
};

inline constexpr size_t run_length = 16;

inline Edge edge_of(std::span<Place const> path, size_t i) { return {path[i], path[i + 1]}; }

inline Run run_of(std::span<Place const> path, size_t first) {
  Run run{first, std::min(first + run_length, path.size() - 1), {}};
  for (size_t i = run.first; i <= run.end; ++i) run.box.take_in(path[i]);
  return run;
}

// The runs of a path that come within reach of a box.
inline std::vector<Run> runs_near(std::span<Place const> path, Box const& box, Reach reach) {
  std::vector<Run> runs;
  runs.reserve(path.size() / run_length + 1);
  for (size_t first = 0; first + 1 < path.size(); first += run_length)
    if (Run const run = run_of(path, first); meet(run.box, box, reach)) runs.push_back(run);
  return runs;
}

// Calls `look(edge of a, edge of b moved by shift)` until one call says yes; says whether one did.
template <class Look>
bool for_near_edges(std::span<Place const> a, Run const& of_a, std::span<Place const> b, Run const& of_b,
                    int64_t shift, Reach reach, Look look) {
  for (size_t i = of_a.first; i < of_a.end; ++i) {
    Edge const mine = edge_of(a, i);
    Box const box = moved(box_of(mine), -shift);
    if (!meet(box, of_b.box, reach)) continue;
    for (size_t j = of_b.first; j < of_b.end; ++j) {
      Edge const other = edge_of(b, j);
      if (meet(box, box_of(other), reach) && look(mine, moved(other, shift))) return true;
    }
  }
  return false;
}

template <class Look>
bool for_near_edges(Outline const& a, Outline const& b, int64_t shift, Reach reach, Look look) {
  auto const path_a = a.places(), path_b = b.places();
  if (path_a.size() <= run_length + 1 && path_b.size() <= run_length + 1) {
    Run const of_a{0, path_a.size() - 1, a.box()}, of_b{0, path_b.size() - 1, b.box()};
    return for_near_edges(path_a, of_a, path_b, of_b, shift, reach, look);
  }
  auto const runs_of_a = runs_near(path_a, moved(b.box(), shift), reach);
  auto const runs_of_b = runs_near(path_b, moved(a.box(), -shift), reach);
  for (Run const& mine : runs_of_a)
    for (Run const& other : runs_of_b)
      if (meet(mine.box, moved(other.box, shift), reach) &&
          for_near_edges(path_a, mine, path_b, other, shift, reach, look))
        return true;
  return false;
}

}  // namespace comity::geometry
