// When entities end, by the hour, so that what has long ended can be forgotten without looking at what has not.
//
// A row names the slots of what ends in that hour, and may name more: one that was changed since, or that is free, is left out when the
// row is taken up (`holds`), and as soon as half of a row is of that kind: what is filed and ended at once must not be kept for as
// long as what is over. So a change costs a push, or nothing if the hour stays. What is taken is the same whichever way the table came
// about: by the end of its hour, then by slot.
//
// No part of the encoding; made of the table. Thread rule: state.h.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "base/time.h"

namespace comity::state {

class Calendar {
 public:
  static int64_t hour_of(UtcTime time) { return time.us / hours(1).us - (time.us % hours(1).us < 0); }

  // What never ends is not in it.
  void add(UtcTime end, uint32_t slot) {
    if (end == never) return;
    Row& row = rows_[hour_of(end)];
    row.slots.push_back(slot);
    ++row.held;
  }
  // A slot ends then no more: it is free, or has moved. After that is so.
  template <class Holds>
  void gone(UtcTime end, Holds const& holds) {
    auto const at = rows_.find(hour_of(end));
    if (end == never || at == rows_.end()) return;
    Row& row = at->second;
    if (row.held > 0) --row.held;
    if (row.slots.size() <= 2 * row.held + small) return;
    tidy(row, at->first, holds);
    if (row.slots.empty()) rows_.erase(at);
  }

  // The end of the earliest hour that may have something; none if there is nothing at all.
  UtcTime first() const {
    return rows_.empty() ? UtcTime{INT64_MAX} : UtcTime{(rows_.begin()->first + 1) * hours(1).us};
  }

  size_t kept() const {
    size_t all = 0;
    for (auto const& [hour, row] : rows_) all += row.slots.size();
    return all;
  }

  // At most `most` slots of hours that were over at that time, for which `holds(slot, hour)`.
  template <class Holds>
  std::vector<uint32_t> take_before(UtcTime time, size_t most, Holds const& holds) {
    std::vector<uint32_t> taken;
    while (!rows_.empty() && (rows_.begin()->first + 1) * hours(1).us <= time.us && taken.size() < most) {
      auto& [hour, row] = *rows_.begin();
      tidy(row, hour, holds);
      auto const end = row.slots.begin() + static_cast<ptrdiff_t>(std::min(most - taken.size(), row.held));
      taken.insert(taken.end(), row.slots.begin(), end);
      row.slots.erase(row.slots.begin(), end);
      row.held = row.slots.size();
      if (row.slots.empty()) rows_.erase(rows_.begin());
    }
    return taken;
  }

 private:
  static constexpr size_t small = 16;
  struct Row {
    std::vector<uint32_t> slots;
    size_t held = 0;  // about how many of them hold: exactly after tidy()
  };

  template <class Holds>
  static void tidy(Row& row, int64_t hour, Holds const& holds) {
    std::erase_if(row.slots, [&](uint32_t slot) { return !holds(slot, hour); });
    std::ranges::sort(row.slots);
    auto const repeated = std::ranges::unique(row.slots);
    row.slots.erase(repeated.begin(), repeated.end());
    row.held = row.slots.size();
  }

  std::map<int64_t, Row> rows_;
};

}  // namespace comity::state
