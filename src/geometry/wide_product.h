// Products of two unsigned integers of 128 bits, whole, to be compared. 256 bits in two halves.
//
// For distances to a line: their squares are fractions whose two sides, multiplied out, have up to 228 bits (separation.cc).
// Exact; no errors; no state.
#pragma once

#include <compare>
#include <cstdint>

namespace comity::geometry {

using Natural = unsigned __int128;

struct WideProduct {
  Natural high = 0, low = 0;
  auto operator<=>(WideProduct const&) const = default;
};

constexpr WideProduct multiply(Natural a, Natural b) {
  constexpr Natural half = UINT64_MAX;
  Natural const a_low = a & half, a_high = a >> 64, b_low = b & half, b_high = b >> 64;
  Natural const low = a_low * b_low, cross = a_high * b_low, other = a_low * b_high;
  Natural const middle = (low >> 64) + (cross & half) + (other & half);  // three numbers of 64 bits
  return {a_high * b_high + (cross >> 64) + (other >> 64) + (middle >> 64), (middle << 64) | (low & half)};
}

}  // namespace comity::geometry
