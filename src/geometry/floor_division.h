// Division of integers rounded toward the south, the west, the ground and the past: floor(a / b) for b > 0. No errors; no state.
#pragma once

#include <cstdint>

namespace comity::geometry {

template <class Integer>
constexpr Integer floor_division(Integer a, Integer b) {
  Integer const quotient = a / b;
  return a % b < 0 ? quotient - 1 : quotient;
}

template <class Integer>
constexpr Integer ceiling_division(Integer a, Integer b) {
  return -floor_division<Integer>(-a, b);
}

}  // namespace comity::geometry
