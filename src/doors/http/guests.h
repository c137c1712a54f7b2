// Who is still in the house: requests that a door has given away to other threads and that will come back to it.
//
// A door that is destroyed waits in its destructor until all have left, so that an answer that comes from the journal or
// from the check of a password finds the door alive. enter() gives a pass; the guest leaves when the last copy of it
// goes. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

namespace comity::http {

class Guests {
 public:
  using Pass = std::shared_ptr<void>;

  Pass enter() {
    std::lock_guard const lock(mutex_);
    ++inside_;
    return {this, [](void* self) { static_cast<Guests*>(self)->leave(); }};
  }
  void wait_until_gone() {
    std::unique_lock lock(mutex_);
    gone_.wait(lock, [this] { return inside_ == 0; });
  }

 private:
  void leave() {
    std::lock_guard const lock(mutex_);
    if (--inside_ == 0) gone_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable gone_;
  size_t inside_ = 0;
};

}  // namespace comity::http
