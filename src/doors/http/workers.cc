#include "doors/http/workers.h"

namespace comity::http {

Workers::Workers(Size size) : most_(size.waiting) {
  for (size_t i = 0; i < size.threads; ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() {
  std::unordered_map<uint64_t, std::deque<Job>> dropped;
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
    dropped.swap(lines_);
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool Workers::take(Job job, uint64_t whose) {
  std::lock_guard const lock(mutex_);
  if (stopping_ || waiting_ >= most_) return false;
  auto& line = lines_[whose];
  if (line.empty()) turns_.push_back(whose);
  line.push_back(std::move(job));
  ++waiting_;
  changed_.notify_one();
  return true;
}

size_t Workers::waiting() const {
  std::lock_guard const lock(mutex_);
  return waiting_;
}

// With the lock, when one is waiting.
Workers::Job Workers::next() {
  uint64_t const whose = turns_.front();
  turns_.pop_front();
  auto const line = lines_.find(whose);
  Job job = std::move(line->second.front());
  line->second.pop_front();
  --waiting_;
  if (line->second.empty())
    lines_.erase(line);
  else
    turns_.push_back(whose);
  return job;
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || waiting_ > 0; });
    if (stopping_) return;
    {
      Job const job = next();
      lock.unlock();
      job();
    }
    lock.lock();
  }
}

}  // namespace comity::http
