// A disk of which a test decides how far each commit comes: every operation that changes something waits for leave.
//
//     struct : SlowDisk { … } before the centre is opened; gate.allow(0): it stands still; allow(2): two operations more
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "journal/faulty_vfs.h"

namespace comity::tests {

class Gate {
 public:
  static constexpr size_t everything = SIZE_MAX;

  void pass() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return allowed_ != 0; });
    if (allowed_ != everything) --allowed_;
  }
  void allow(size_t operations) {
    std::lock_guard const lock(mutex_);
    allowed_ = operations;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t allowed_ = everything;
};

struct SlowDisk {
  SlowDisk() {
    disk.before_each([this] { gate.pass(); });
  }
  ~SlowDisk() { gate.allow(Gate::everything); }

  Gate gate;
  journal::FaultyDisk disk;
};

}  // namespace comity::tests
