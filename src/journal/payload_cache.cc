#include "journal/payload_cache.h"

namespace comity::journal {

std::optional<Bytes> PayloadCache::get(PayloadKey key) {
  std::lock_guard const lock(mutex_);
  auto const found = by_key_.find(key);
  if (found == by_key_.end()) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->bytes;
}

uint64_t PayloadCache::epoch() const {
  std::lock_guard const lock(mutex_);
  return epoch_;
}

void PayloadCache::put(PayloadKey key, BytesView bytes, uint64_t epoch) {
  std::lock_guard const lock(mutex_);
  if (epoch != epoch_ || cost(bytes) > bytes_max_ || by_key_.contains(key)) return;
  while (bytes_ + cost(bytes) > bytes_max_) forget(std::prev(entries_.end()));
  entries_.push_front({key, Bytes(bytes)});
  by_key_[key] = entries_.begin();
  bytes_ += cost(bytes);
}

void PayloadCache::destroy(PayloadKey key) {
  std::lock_guard const lock(mutex_);
  ++epoch_;
  if (auto const found = by_key_.find(key); found != by_key_.end()) forget(found->second);
}

void PayloadCache::forget(std::list<Entry>::iterator entry) {
  bytes_ -= cost(entry->bytes);
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

}  // namespace comity::journal
