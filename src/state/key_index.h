// Which items have a value (an id, a digest), found by a hash of it: a table of numbers, 16 to 20 octets for an entry,
// where a map of lists takes a hundred and three places to look.
//
// It does not hold the values: whoever asks says for each candidate whether it is one. Nothing is ever removed. It is
// only looked up, never iterated, so no order of it can reach a ruling; what find() gives is in the order of the keys
// being added. Copyable; no locks of its own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/ids.h"

namespace comity::state {

class KeyIndex {
 public:
  void clear() { *this = {}; }

  void add(uint64_t hash, ItemKey key) {
    if (entries_.size() >= heads_.size()) grow();
    uint32_t& head = heads_[hash & (heads_.size() - 1)];
    entries_.push_back({static_cast<uint32_t>(hash >> 32), key, head});
    head = static_cast<uint32_t>(entries_.size());  // one more than its place: 0 is the end of a chain
    hashes_.push_back(static_cast<uint32_t>(hash));
  }

  // Those keys added under this hash of which `is` says yes, each once.
  template <class Is>
  std::vector<ItemKey> find(uint64_t hash, Is const& is) const {
    std::vector<ItemKey> found;
    if (heads_.empty()) return found;
    for (uint32_t at = heads_[hash & (heads_.size() - 1)]; at != 0; at = entries_[at - 1].next) {
      Entry const& entry = entries_[at - 1];
      if (entry.high != static_cast<uint32_t>(hash >> 32) || !is(entry.key)) continue;
      if (found.empty() || found.back() != entry.key) found.push_back(entry.key);
    }
    std::ranges::reverse(found);
    return found;
  }

 private:
  struct Entry {
    uint32_t high;  // half of the hash: spares most looks at what is not meant
    ItemKey key;
    uint32_t next;
  };

  void grow() {
    heads_.assign(std::max<size_t>(64, heads_.size() * 2), 0);
    for (size_t i = 0; i < entries_.size(); ++i) {
      uint32_t& head = heads_[hashes_[i] & (heads_.size() - 1)];
      entries_[i].next = head;
      head = static_cast<uint32_t>(i + 1);
    }
  }

  std::vector<uint32_t> heads_;  // as many as a power of two
  std::vector<Entry> entries_;
  std::vector<uint32_t> hashes_;  // the other half, for when the table grows
};

}  // namespace comity::state
