#include "places/land.h"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

namespace comity::places {
namespace {

constexpr int columns = 720, rows = 360;
constexpr double squares_per_degree = 2, tolerance = 0.1;

std::vector<std::vector<uint16_t>> const& turns() {
  static std::vector<std::vector<uint16_t>> const made = {
#include "places/land_mask.inc"
  };
  return made;
}

using Mask = std::bitset<static_cast<size_t>(columns) * rows>;

std::unique_ptr<Mask> filled() {
  auto mask = std::make_unique<Mask>();
  for (size_t row = 0; row < turns().size(); ++row) {
    bool land = false;
    auto next = turns()[row].begin();
    for (int column = 0; column < columns; ++column) {
      if (next != turns()[row].end() && *next == column) land = !land, ++next;
      if (land) mask->set(row * columns + static_cast<size_t>(column));
    }
  }
  return mask;
}

bool is_land(double latitude, double longitude) {
  static std::unique_ptr<Mask> const mask = filled();
  double const east = longitude + 180 - 360 * std::floor((longitude + 180) / 360);
  int const row = std::clamp(static_cast<int>((90 - latitude) * squares_per_degree), 0, rows - 1);
  int const column = std::clamp(static_cast<int>(east * squares_per_degree), 0, columns - 1);
  return mask->test(static_cast<size_t>(row) * columns + static_cast<size_t>(column));
}

}  // namespace

bool may_be_land(earth::LatLng const& at) {
  double const latitude = std::clamp(at.latitude, -90.0, 90.0), longitude = std::remainder(at.longitude, 360);
  for (double const north : {-tolerance, 0.0, tolerance})
    for (double const east : {-tolerance, 0.0, tolerance})
      if (is_land(std::clamp(latitude + north, -90.0, 90.0), longitude + east)) return true;
  return false;
}

}  // namespace comity::places
