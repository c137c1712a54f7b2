#include "geometry/separation.h"

#include "base/ensure.h"
#include "geometry/earth.h"
#include "geometry/near_edges.h"
#include "geometry/overlap.h"
#include "geometry/wide_product.h"

namespace comity::geometry {
namespace {

// What is on the ground at most `nm` apart is at most `steps` apart in latitude.
struct Distance {
  int64_t nm = 0, steps = 0;
};

int64_t half_rounded_down(int64_t value) { return value >> 1; }
int64_t half_rounded_up(int64_t value) { return -(-value >> 1); }

// The latitudes that a way of at most `distance` can pass through, from somewhere between a.south and a.north to somewhere
// between b.south and b.north. It is never further than the distance from either end, and from both together.
Band band_between(Box const& a, Box const& b, int64_t steps) {
  return {std::max({half_rounded_down(a.south + b.south - steps), a.south - steps, b.south - steps}),
          std::min({half_rounded_up(a.north + b.north + steps), a.north + steps, b.north + steps})};
}

// How the sizes stay in their types. A step is less than 2^24 nm. Edges are at most one turn long, below 2^32 steps, and what
// is looked at lies at most another turn apart: no difference has more than 3 turns, 1.08e10 steps. So, in nanometres:
//   differences of two places   x below 1.21e17 < 2^57, y below 2.1e16 < 2^55   (y: 2^31 steps at the most)
//   along an edge               x below 4.03e16 < 2^56, y likewise
//   along, across               sums of two products, below 2^57 * 2^56 + 2^55 * 2^55 < 2^114: Wide
//   a length squared            below 2^115: Wide
//   the distance                at most 1e15 < 2^50, squared below 2^100
//   across squared              below 2^228, and the distance squared by the edge squared below 2^213: WideProduct
struct Vector {
  int64_t x = 0, y = 0;
};

Vector between(Place from, Place to, Scale const& scale) {
  return {(to.x - from.x) * scale.along_parallel_nm, (to.y - from.y) * scale.along_meridian_nm};
}

Wide dot(Vector a, Vector b) { return Wide{a.x} * b.x + Wide{a.y} * b.y; }
Wide cross(Vector a, Vector b) { return Wide{a.x} * b.y - Wide{a.y} * b.x; }

bool is_within(Place place, Edge const& edge, Scale const& scale, int64_t nm) {
  Vector const along = between(edge.from, edge.to, scale), off = between(edge.from, place, scale);
  Wide const squared = Wide{nm} * nm, length_squared = dot(along, along), forward = dot(along, off);
  if (forward <= 0) return dot(off, off) <= squared;
  if (forward >= length_squared) {
    Vector const past = between(edge.to, place, scale);
    return dot(past, past) <= squared;
  }
  Wide const across = cross(along, off);
  auto const size = static_cast<Natural>(across < 0 ? -across : across);
  return multiply(size, size) <=
         multiply(static_cast<Natural>(squared), static_cast<Natural>(length_squared));
}

// Of edges that do not cross: one end of one of them is nearest.
bool are_within(Edge const& a, Edge const& b, Distance distance) {
  Box const of_a = box_of(a), of_b = box_of(b);
  Scale const scale = least_in(band_between(of_a, of_b, distance.steps));
  return is_within(a.from, b, scale, distance.nm) || is_within(a.to, b, scale, distance.nm) ||
         is_within(b.from, a, scale, distance.nm) || is_within(b.to, a, scale, distance.nm);
}

// Of outlines that do not meet.
bool come_within(Outline const& a, Outline const& b, Distance distance) {
  Box const& of_a = a.box();
  Box const& of_b = b.box();
  if (of_a.south - distance.steps > of_b.north || of_b.south - distance.steps > of_a.north) return false;
  int64_t const step_nm = least_in(band_between(of_a, of_b, distance.steps)).along_parallel_nm;
  int64_t const steps = step_nm == 0 ? turn_e7 : std::min(turn_e7, distance.nm / step_nm);
  Reach const reach{steps, distance.steps};
  return for_each_shift(of_a, of_b, reach, [&](int64_t shift) {
    return for_near_edges(a, b, shift, reach, [&](Edge const& mine, Edge const& other) {
      return are_within(mine, other, distance);
    });
  });
}

// Is a gap of altitude or time no wider than twice `half`? No bound is the end of its type and further than all else.
bool is_bridged(int64_t end, int64_t begin, int64_t half) { return Wide{begin} - end <= Wide{half} * 2; }

}  // namespace

bool in_range(Separation const& separation) {
  return separation.horizontal_mm >= 0 && separation.horizontal_mm <= most_horizontal_mm &&
         separation.vertical_mm >= 0 && separation.vertical_mm <= INT32_MAX && separation.time_us >= 0;
}

bool footprints_within(Outline const& a, Outline const& b, int64_t horizontal_mm) {
  ensure(horizontal_mm >= 0 && horizontal_mm <= most_horizontal_mm);
  if (footprints_meet(a, b)) return true;
  int64_t const half_nm = half_of(horizontal_mm) * nm_per_mm;
  return half_nm > 0 && come_within(a, b, {2 * half_nm, 2 * steps_covering(half_nm)});
}

bool within(model::Extent const& a, model::Extent const& b, Separation const& separation) {
  ensure(in_range(separation));
  int64_t const time = half_of(separation.time_us), vertical = half_of(separation.vertical_mm);
  if (!is_bridged(b.until.us, a.from.us, time) || !is_bridged(a.until.us, b.from.us, time)) return false;
  if (!is_bridged(b.high_mm, a.low_mm, vertical) || !is_bridged(a.high_mm, b.low_mm, vertical)) return false;
  return footprints_within(Outline(a.ring), Outline(b.ring), separation.horizontal_mm);
}

}  // namespace comity::geometry
