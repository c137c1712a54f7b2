// How long a user name or an address has to wait after failures (25-isolation C7).
//
// The first few failures cost nothing; from then on each doubles the wait, from one second up to
// limits::longest_back_off. Failures are forgotten after limits::failures_kept, or when the right password was given. A
// name counts whether or not anybody bears it, so a wait tells nothing. The table is bounded; when it is full, the name
// that failed longest ago makes room. Times are of a monotonic clock. Thread-safe.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/limits.h"

namespace comity::auth {

class BackOff {
 public:
  explicit BackOff(uint32_t failures_free) : free_(failures_free) {}

  // Zero: go on.
  Duration wait(std::string_view name, int64_t now_us) const;
  void failed(std::string_view name, int64_t now_us);
  void forget(std::string_view name);
  // How many names have to wait now.
  size_t waiting(int64_t now_us) const;

 private:
  struct Entry;
  Duration left(Entry const& entry, int64_t now_us) const;

  struct Entry {
    uint32_t failures = 0;
    int64_t last_us = 0;
    std::list<std::string>::iterator place;
  };

  uint32_t const free_;
  mutable std::mutex mutex_;
  std::list<std::string> order_;  // the one that failed longest ago first
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace comity::auth
