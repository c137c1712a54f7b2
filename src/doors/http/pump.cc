#include "doors/http/pump.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "base/limits.h"
#include "sequencer/centre.h"

namespace comity::http {

int64_t Pump::now_us() {
  auto const now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

News news_of(sequencer::Centre const& centre) {
  return {[&centre] { return centre.published(); },
          [&centre](std::function<void(sequencer::Glimpse const&)> const& look) { centre.glance(look); }};
}

Pump::Pump(News news, Workers& workers)
    : news_(std::move(news)), workers_(workers), thread_([this] { run(); }) {}

void Pump::stop() {
  std::vector<Waiting> dropped;  // outside of the lock: what they hold may come back here
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
    dropped.swap(waiting_);
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Pump::wait(Waiting one) {
  {
    std::lock_guard const lock(mutex_);
    if (stopping_) return;
    waiting_.push_back(std::move(one));
  }
  changed_.notify_one();
}

void Pump::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (waiting_.empty()) {
      changed_.wait(lock);
      continue;
    }
    uint64_t const news = news_.count();
    int64_t const now = now_us();
    leave_quiet(lock, news, now);
    wake_those(news, now);
    changed_.wait_for(lock, std::chrono::microseconds(tick_us(waiting_.size())),
                      [this] { return stopping_; });
  }
}

// By how many wait, up to a thousand: so each costs as many looks a second as each of a thousand would.
int64_t Pump::tick_us(size_t waiting) {
  int64_t const share = limits::stream_tick.us * static_cast<int64_t>(waiting) / int64_t{limits::streams};
  return std::clamp(share, limits::stream_tick_least.us, limits::stream_tick.us);
}

// For whom what was published is no news: as if they had looked. All by one look at the state, for which this thread may have to wait;
// meanwhile nobody who comes to wait does.
void Pump::leave_quiet(std::unique_lock<std::mutex>& lock, uint64_t news, int64_t now_us) {
  auto const may_be = [&](Waiting const& one) {
    return one.quiet.state && one.seen != news && now_us >= one.not_before_us;
  };
  if (std::ranges::none_of(waiting_, may_be)) return;
  std::vector<Waiting> mine;
  mine.swap(waiting_);
  lock.unlock();
  std::vector<Waiting*> asked;
  for (Waiting& one : mine)
    if (may_be(one) && (!one.quiet.besides || one.quiet.besides())) asked.push_back(&one);
  news_.see([&](sequencer::Glimpse const& glimpse) {
    for (Waiting* one : asked)
      if (one->quiet.state(glimpse)) one->seen = news;
  });
  lock.lock();
  if (!stopping_) {
    std::ranges::move(waiting_, std::back_inserter(mine));
    return waiting_.swap(mine);
  }
  lock.unlock();
  mine.clear();  // outside of the lock, as in stop()
  lock.lock();
}

// Who finds no free worker waits on: the next tick comes soon.
void Pump::wake_those(uint64_t news, int64_t now_us) {
  std::erase_if(waiting_, [&](Waiting const& one) {
    bool const by_time = now_us - one.since_us >= limits::stream_beat.us;
    if (!by_time && (one.seen == news || now_us < one.not_before_us)) return false;
    return workers_.take([job = one.job, woken = by_time ? Woken::by_time : Woken::by_news] { job(woken); });
  });
}

std::expected<Seats::Seat, Seats::No> Seats::take(uint64_t viewer) {
  std::lock_guard const lock(shared_->mutex);
  if (shared_->all >= shared_->limits.of_all) return std::unexpected(No::of_all);
  size_t& taken = shared_->taken[viewer];
  if (taken >= shared_->limits.of_one) return std::unexpected(No::of_one);
  ++taken, ++shared_->all;
  return Seat(static_cast<void const*>(shared_.get()), [shared = shared_, viewer](void const*) {
    std::lock_guard const free(shared->mutex);
    --shared->all;
    if (--shared->taken[viewer] == 0) shared->taken.erase(viewer);
  });
}

}  // namespace comity::http
