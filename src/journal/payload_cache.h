// The payloads read last, in memory, up to a number of bytes; the one not used for longest makes room.
//
// A destroyed payload must not come back: a reader that fetched it from the file before it was destroyed
// would put it in afterwards. So a reader asks for the epoch before it reads, and `put` does nothing if
// something was destroyed since. Thread-safe: every call holds one lock.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/bytes.h"
#include "base/ids.h"

namespace comity::journal {

class PayloadCache {
 public:
  explicit PayloadCache(size_t bytes_max) : bytes_max_(bytes_max) {}

  std::optional<Bytes> get(PayloadKey key);
  uint64_t epoch() const;
  void put(PayloadKey key, BytesView bytes, uint64_t epoch);
  void destroy(PayloadKey key);

 private:
  struct Entry {
    PayloadKey key;
    Bytes bytes;
  };
  // What an entry takes, with its share of the list and the table: many empty payloads are still something.
  static size_t cost(BytesView bytes) { return bytes.size() + 160; }
  void forget(std::list<Entry>::iterator entry);

  mutable std::mutex mutex_;
  size_t const bytes_max_;
  size_t bytes_ = 0;
  uint64_t epoch_ = 0;
  std::list<Entry> entries_;  // used last in front
  std::unordered_map<PayloadKey, std::list<Entry>::iterator> by_key_;
};

}  // namespace comity::journal
