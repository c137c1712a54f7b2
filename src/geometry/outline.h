// The outline of a footprint: a ring of the model, laid into the plane as one closed polygon.
//
// A ring says longitudes between -180 and 180 and means them modulo one turn; each edge goes the shorter way. Laid out, the
// outline begins at the first point as written and follows the edges, beyond 180 degrees if they go there. What two outlines
// have in common is therefore asked for every shift by whole turns at which their boxes meet: `for_each_shift`.
//
// A ring that goes once round the Earth has a pole on either side. Inside is the side of the pole that it is nearer to, by its
// mean latitude over the turn (exactly on the equator: the north pole). Its outline starts at the place nearest to that
// pole, follows the ring, and closes over the pole, which the plane shows as a line: up along a meridian, back along
// latitude 90, down along the same meridian. These three edges lie in the footprint, so nothing is gained or lost by them.
//
// Promises, for rings that check_ring accepts: the outline is a simple polygon (a line, if the ring has no area), and its
// inside, taken modulo one turn, is the footprint, each place once. For other rings: some outline, and no undefined
// behaviour, whatever the numbers. An empty ring has an outline without places, which meets nothing.
//
// Short rings are kept inside the object, longer ones allocate. Thread-safe: a value, moved but not copied.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>

#include "geometry/plane.h"
#include "model/agreement.h"

namespace comity::geometry {

class Outline {
 public:
  explicit Outline(std::span<model::Point const> ring);

  // The corners in order; the last is the first again.
  std::span<Place const> places() const { return {many_ ? many_.get() : few_.data(), count_}; }
  size_t edges() const { return count_ == 0 ? 0 : count_ - 1; }
  Edge edge(size_t i) const { return {places()[i], places()[i + 1]}; }
  Box const& box() const { return box_; }

  bool reaches_north_pole() const { return box_.north == pole_e7; }
  bool reaches_south_pole() const { return box_.south == -pole_e7; }
  // A rectangle along meridians and parallels.
  bool is_box() const;
  // By how much longitude goes round in all: 0, or one turn east or west. (Of a ring that is no ring: any whole turns.)
  int64_t turned() const { return turned_; }

 private:
  void lay_out(std::span<model::Point const> ring, size_t first);
  void close_over_pole(std::span<model::Point const> ring);
  void add(Place place);
  Place* room() { return many_ ? many_.get() : few_.data(); }

  static constexpr size_t kept_inside = 20;
  std::array<Place, kept_inside> few_;
  std::unique_ptr<Place[]> many_;  // all of them, if they are more than `few_` can hold
  size_t count_ = 0;
  Box box_;
  int64_t turned_ = 0;
};

// The shorter way from one longitude to another; of exactly half a turn, some way.
inline int64_t step_e7(model::Point from, model::Point to) {
  int64_t const step = int64_t{to.longitude_e7} - from.longitude_e7;
  return step > half_turn_e7 ? step - turn_e7 : step < -half_turn_e7 ? step + turn_e7 : step;
}

// Calls `look(shift)` for each multiple of a turn by which b must be moved so that the boxes come within `reach`, until one
// call says yes; says whether one did.
template <class Look>
bool for_each_shift(Box const& a, Box const& b, Reach reach, Look look) {
  if (a.west > a.east || b.west > b.east) return false;  // of nothing
  int64_t const least = a.west - b.east - reach.x, most = a.east - b.west + reach.x;
  int64_t shift = least / turn_e7 * turn_e7;
  if (shift < least) shift += turn_e7;
  for (; shift <= most; shift += turn_e7)
    if (look(shift)) return true;
  return false;
}

}  // namespace comity::geometry
