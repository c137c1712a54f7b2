#include "doors/http/workers.h"

namespace comity::http {

Workers::Workers(Size size) : most_(size.waiting) {
  for (size_t i = 0; i < size.threads; ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() {
  std::deque<Job> dropped;
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
    dropped.swap(queue_);
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool Workers::take(Job job) {
  std::lock_guard const lock(mutex_);
  if (stopping_ || queue_.size() >= most_) return false;
  queue_.push_back(std::move(job));
  changed_.notify_one();
  return true;
}

size_t Workers::waiting() const {
  std::lock_guard const lock(mutex_);
  return queue_.size();
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    {
      Job const job = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      job();
    }
    lock.lock();
  }
}

}  // namespace comity::http
