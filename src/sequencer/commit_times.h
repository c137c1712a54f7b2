// How long the last commits took, for the operator: the usual time and the longest of the last minutes. No number of
// commits can be read from it, since that would count records (25-isolation F7). Thread-safe.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <mutex>
#include <vector>

#include "base/time.h"

namespace comity::sequencer {

class CommitTimes {
 public:
  // What is older says nothing of how the disk is now.
  static constexpr Duration looked_back = minutes(5);

  void took(Duration time, int64_t now_us) {
    std::lock_guard const lock(mutex_);
    last_[next_++ % last_.size()] = {now_us, time};
  }

  // Zero where there was none.
  struct Summary {
    Duration usual, longest;
  };
  Summary summary(int64_t now_us) const {
    std::vector<Duration> recent;
    {
      std::lock_guard const lock(mutex_);
      for (size_t i = 0; i < std::min(next_, last_.size()); ++i)
        if (now_us - last_[i].at_us <= looked_back.us) recent.push_back(last_[i].time);
    }
    if (recent.empty()) return {};
    std::ranges::sort(recent);
    return {recent[recent.size() / 2], recent.back()};
  }

 private:
  struct One {
    int64_t at_us = 0;
    Duration time;
  };

  mutable std::mutex mutex_;
  std::array<One, 256> last_{};  // of a busy centre, the last second
  size_t next_ = 0;
};

}  // namespace comity::sequencer
