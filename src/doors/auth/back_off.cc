#include "doors/auth/back_off.h"

#include <algorithm>

namespace comity::auth {
namespace {

Duration wait_after(uint32_t failures_counted) {
  if (failures_counted == 0) return {};
  return std::min(seconds(int64_t{1} << std::min(failures_counted - 1, 20U)), limits::longest_back_off);
}

}  // namespace

Duration BackOff::wait(std::string_view name, int64_t now_us) const {
  std::lock_guard const lock(mutex_);
  auto const found = entries_.find(std::string(name));
  if (found == entries_.end()) return {};
  return left(found->second, now_us);
}

Duration BackOff::left(Entry const& entry, int64_t now_us) const {
  if (now_us - entry.last_us > limits::failures_kept.us) return {};
  Duration const all = wait_after(entry.failures > free_ ? entry.failures - free_ : 0);
  return Duration{std::max<int64_t>(0, entry.last_us + all.us - now_us)};
}

size_t BackOff::waiting(int64_t now_us) const {
  std::lock_guard const lock(mutex_);
  return static_cast<size_t>(std::ranges::count_if(
      entries_, [&](auto const& one) { return left(one.second, now_us) > Duration{}; }));
}

void BackOff::failed(std::string_view name, int64_t now_us) {
  std::lock_guard const lock(mutex_);
  auto const [found, is_new] = entries_.try_emplace(std::string(name));
  Entry& entry = found->second;
  if (!is_new) {
    if (now_us - entry.last_us > limits::failures_kept.us) entry.failures = 0;
    order_.erase(entry.place);
  }
  ++entry.failures;
  entry.last_us = now_us;
  entry.place = order_.insert(order_.end(), std::string(name));
  if (entries_.size() <= limits::back_off_entries) return;
  entries_.erase(order_.front());
  order_.pop_front();
}

void BackOff::forget(std::string_view name) {
  std::lock_guard const lock(mutex_);
  auto const found = entries_.find(std::string(name));
  if (found == entries_.end()) return;
  order_.erase(found->second.place);
  entries_.erase(found);
}

}  // namespace comity::auth
