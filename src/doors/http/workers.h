// Threads for what an event loop must not wait for: reading a large body, making a page, checking a password.
//
// Those who have jobs waiting take turns, a job each; those of one are done in the order in which they came. So whoever brings a
// thousand waits for his own, and another waits for one job of his. The queue is bounded: a job that finds it full is not
// taken, and whoever brought it answers 503. When a Workers goes, jobs under way are finished and waiting ones dropped, which
// answers their requests with 500 (ticket.h). Thread-safe; a job may bring another one.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>
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
  // `whose`: an office, or whoever else is to wait for himself.
  [[nodiscard]] bool take(Job job, uint64_t whose = 0);
  size_t waiting() const;

 private:
  void run();
  Job next();

  size_t const most_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<uint64_t, std::deque<Job>> lines_;  // none is empty
  std::deque<uint64_t> turns_;                           // each line once
  size_t waiting_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace comity::http
