// When entities end, by the hour, so that what has long ended can be forgotten without looking at what has not.
//
// A row names the slots of what ends in that hour, and may name more: one that was changed since, or that is free, is left out when the
// row is taken up (`holds`). So a change costs a push, or nothing if the hour stays. What is taken is the same whichever way the table
// came about: by the end of its hour, then by slot.
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

  void add(UtcTime end, uint32_t slot) { rows_[hour_of(end)].push_back(slot); }
  void moved(UtcTime from, UtcTime to, uint32_t slot) {
    if (hour_of(from) != hour_of(to)) add(to, slot);
  }

  // The end of the earliest hour that may have something; none if there is nothing at all.
  UtcTime first() const {
    return rows_.empty() ? UtcTime{INT64_MAX} : UtcTime{(rows_.begin()->first + 1) * hours(1).us};
  }

  // At most `most` slots of hours that were over at that time, for which `holds(slot, hour)`.
  template <class Holds>
  std::vector<uint32_t> take_before(UtcTime time, size_t most, Holds const& holds) {
    std::vector<uint32_t> taken;
    while (!rows_.empty() && (rows_.begin()->first + 1) * hours(1).us <= time.us && taken.size() < most) {
      auto& [hour, row] = *rows_.begin();
      std::erase_if(row, [&](uint32_t slot) { return !holds(slot, hour); });
      std::ranges::sort(row);
      auto const repeated = std::ranges::unique(row);
      row.erase(repeated.begin(), repeated.end());
      size_t const some = std::min(most - taken.size(), row.size());
      taken.insert(taken.end(), row.begin(), row.begin() + static_cast<ptrdiff_t>(some));
      row.erase(row.begin(), row.begin() + static_cast<ptrdiff_t>(some));
      if (row.empty()) rows_.erase(rows_.begin());
    }
    return taken;
  }

 private:
  std::map<int64_t, std::vector<uint32_t>> rows_;
};

}  // namespace comity::state
