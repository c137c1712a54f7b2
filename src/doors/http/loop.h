// Jobs for the event loop of a connection, brought by other threads.
//
// An answer that comes from the journal is made on the loop that will write it: one step from the writer's thread to the
// wire, and the loop is woken once for all jobs that came meanwhile. Jobs are short: what an event loop must not wait for
// belongs to Workers.
//
// take() is for any thread and false once the loop has ended: whoever brought the job does it itself. run() belongs to the
// loop, end() to its owner: what has not run by then is dropped, which answers nothing.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "doors/http/message.h"

namespace comity::http {

class Loop {
 public:
  using Job = std::function<void()>;
  // `wake` has run() called on the loop; any thread calls it, when jobs wait and it was not called for them yet.
  explicit Loop(std::function<void()> wake) : wake_(std::move(wake)) {}

  [[nodiscard]] bool take(Job const& job) {
    std::lock_guard const lock(mutex_);
    if (ended_) return false;
    jobs_.push_back(job);
    if (jobs_.size() == 1) wake_();
    return true;
  }
  void run() {
    std::vector<Job> jobs;
    {
      std::lock_guard const lock(mutex_);
      jobs.swap(jobs_);
    }
    for (Job const& job : jobs) job();
  }
  void end() {
    std::vector<Job> dropped;
    std::lock_guard const lock(mutex_);
    ended_ = true;
    dropped.swap(jobs_);
  }

 private:
  std::function<void()> const wake_;
  std::mutex mutex_;
  std::vector<Job> jobs_;
  bool ended_ = false;
};

// On the loop that the request came by; at once where there is none (any more).
inline void on_loop_of(Request const& request, Loop::Job const& job) {
  if (!request.loop || !request.loop->take(job)) job();
}

}  // namespace comity::http
