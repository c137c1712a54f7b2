// How high the sea stands above the ellipsoid (EGM96), between bounds, under a footprint.
//
// The grid is that of Debian's package proj-data, a quarter of a degree each way. What is asked is never one place but the lowest and the
// highest of an area: of all nodes of the grid around it, and 2 m more on both sides, since between nodes the surface rises above
// them and falls below (interpolated, it is up to 1.2 m off), and since the sea is not quite where the model has it.
//
// installed_geoid() reads the file when it is first asked for, and again while there is none; nullptr: there is none, or it is damaged.
// Who needs it then refuses and says geoid_missing. Thread-safe.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/agreement.h"

namespace comity::earth {

inline constexpr char geoid_missing[] =
    "the centre has no grid of the sea's height (EGM96): its host installs the package proj-data";

class Geoid {
 public:
  // `io` there is no such file; `corrupt` it is not that grid.
  static Result<Geoid> open(std::string const& path);

  struct Bounds {
    int32_t low_mm = 0, high_mm = 0;
  };
  // Under the box around the ring; under all the earth where the ring goes round a pole.
  Bounds under(std::span<model::Point const> ring) const;
  // Interpolated, in millimetres.
  int32_t at(model::Point const& point) const;

 private:
  int32_t node(int64_t row, int64_t column) const;
  std::vector<int32_t> mm_;  // from the south, from 180 degrees west
};

std::shared_ptr<Geoid const> installed_geoid();

}  // namespace comity::earth
