// Points, boxes and edges of the plane in which all questions of geometry/ are put: x is longitude, y is latitude, both in
// 1e-7 degree, both int64. x is not held to one turn of the Earth: a ring that crosses the antimeridian goes on beyond it.
//
// Everything is closed, and every answer is exact: a sign is taken of 128-bit integers. |x| stays below 2^63 / 4 and |y| below
// 2^32 for every ring of 32-bit coordinates, and an edge is at most one turn long, so that no product of two differences comes
// near 2^127. Edges of no length are points and have their answer too.
//
// No state, no allocation.
#pragma once

#include <algorithm>
#include <cstdint>

namespace comity::geometry {

inline constexpr int64_t turn_e7 = 3'600'000'000;  // once round the Earth
inline constexpr int64_t half_turn_e7 = turn_e7 / 2;
inline constexpr int64_t pole_e7 = 900'000'000;

using Wide = __int128;

struct Place {
  int64_t x, y;  // not set to 0 first: outlines are made by the million
  bool operator==(Place const&) const = default;
};

struct Edge {
  Place from, to;
};

struct Box {
  int64_t west = INT64_MAX, south = INT64_MAX, east = INT64_MIN, north = INT64_MIN;  // of nothing yet

  void take_in(Place place) {
    west = std::min(west, place.x), east = std::max(east, place.x);
    south = std::min(south, place.y), north = std::max(north, place.y);
  }
};

// How far apart two things may be, in each direction, to be looked at.
struct Reach {
  int64_t x = 0, y = 0;
};

inline bool meet(Box const& a, Box const& b, Reach reach = {}) {
  return a.west - reach.x <= b.east && b.west - reach.x <= a.east && a.south - reach.y <= b.north &&
         b.south - reach.y <= a.north;
}

inline Box box_of(Edge const& edge) {
  auto const [west, east] = std::minmax(edge.from.x, edge.to.x);
  auto const [south, north] = std::minmax(edge.from.y, edge.to.y);
  return {west, south, east, north};
}

inline Box moved(Box const& box, int64_t x) { return {box.west + x, box.south, box.east + x, box.north}; }
inline Edge moved(Edge const& edge, int64_t x) {
  return {{edge.from.x + x, edge.from.y}, {edge.to.x + x, edge.to.y}};
}

// Twice the area of the triangle (edge, place): positive if the place is to the left of the edge, 0 if on its line.
inline Wide turning(Edge const& edge, Place place) {
  return Wide{edge.to.x - edge.from.x} * (place.y - edge.from.y) -
         Wide{edge.to.y - edge.from.y} * (place.x - edge.from.x);
}

inline int sign(Wide value) { return (value > 0) - (value < 0); }

inline bool box_holds(Edge const& edge, Place place) {
  Box const box = box_of(edge);
  return place.x >= box.west && place.x <= box.east && place.y >= box.south && place.y <= box.north;
}

// Do the edges share a point?
inline bool touch(Edge const& a, Edge const& b) {
  int const from = sign(turning(a, b.from)), to = sign(turning(a, b.to));
  if (from * to > 0) return false;  // b is on one side of a
  int const other_from = sign(turning(b, a.from)), other_to = sign(turning(b, a.to));
  if (other_from * other_to > 0) return false;
  if (from * to < 0 && other_from * other_to < 0) return true;
  return (from == 0 && box_holds(a, b.from)) || (to == 0 && box_holds(a, b.to)) ||
         (other_from == 0 && box_holds(b, a.from)) || (other_to == 0 && box_holds(b, a.to));
}

}  // namespace comity::geometry
