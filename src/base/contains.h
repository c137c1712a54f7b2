// Whether a range holds a value: std::ranges::contains of C++23, which our standard library does not have yet.
#pragma once

#include <algorithm>
#include <functional>
#include <ranges>

namespace comity {

template <std::ranges::input_range Range, class T, class Projection = std::identity>
bool contains(Range const& range, T const& value, Projection projection = {}) {
  return std::ranges::find(range, value, projection) != std::ranges::end(range);
}

// The same for a range sorted ascending.
template <std::ranges::random_access_range Range, class T>
bool contains_sorted(Range const& range, T const& value) {
  return std::ranges::binary_search(range, value);
}

}  // namespace comity
