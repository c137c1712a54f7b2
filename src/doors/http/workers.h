// Threads for what an event loop must not wait for: reading a large body, making a page, checking a password.
//
// Jobs are taken in the order in which they came. The queue is bounded: a job that finds it full is not taken, and
// whoever brought it answers 503. When a Workers goes, jobs under way are finished and waiting ones dropped, which
// answers their requests with 500 (ticket.h). Thread-safe; a job may bring another one.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace comity::http {

class Workers {
 public:
  struct Size {
    size_t threads;
    size_t waiting;  // most jobs in the queue
  };
  explicit Workers(Size size);
  ~Workers();
  Workers(Workers const&) = delete;

  using Job = std::function<void()>;
  [[nodiscard]] bool take(Job job);
  size_t waiting() const;

 private:
  void run();

  size_t const most_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace comity::http
