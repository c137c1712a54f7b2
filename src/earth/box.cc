#include "earth/box.h"

#include <algorithm>

namespace comity::earth {
namespace {

constexpr int64_t turn_e7 = 3'600'000'000;

// The shorter way.
int64_t step_between(int64_t from_e7, int64_t to_e7) {
  int64_t const step = to_e7 - from_e7;
  return step > turn_e7 / 2 ? step - turn_e7 : step < -turn_e7 / 2 ? step + turn_e7 : step;
}

}  // namespace

Box box_around(std::span<model::Point const> ring) {
  if (ring.empty()) return {};
  int64_t east = ring[0].longitude_e7;
  Box box{east, ring[0].latitude_e7, east, ring[0].latitude_e7};
  for (size_t i = 1; i <= ring.size(); ++i) {
    model::Point const &before = ring[i - 1], &now = ring[i % ring.size()];
    east += step_between(before.longitude_e7, now.longitude_e7);
    box.west_e7 = std::min(box.west_e7, east), box.east_e7 = std::max(box.east_e7, east);
    box.south_e7 = std::min<int64_t>(box.south_e7, now.latitude_e7);
    box.north_e7 = std::max<int64_t>(box.north_e7, now.latitude_e7);
  }
  if (east != ring[0].longitude_e7) return {-turn_e7 / 2, -turn_e7 / 4, turn_e7 / 2, turn_e7 / 4};
  return box;
}

}  // namespace comity::earth
