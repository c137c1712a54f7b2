// A crowd: the items that have one digest, once they are many (limits::crowd_items): one text posted under ever new ids.
//
// The third-party rule asks of a digest since when a party had such content by a right of its own, and through what else
// it was given it. A crowd has the answers in order, so that the work does not grow with the number of items alike: an
// office cannot slow the one writer down by what it posts or lets others have. Below that number each item is looked
// at, which takes no memory. Whether there is a crowd changes no answer (commands/crowd_test.cc).
//
// An index of Holdings: rebuilt from the items, never encoded.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base/ids.h"

namespace comity::state {

struct Crowd {
  // That an office was released an item through an agreement; `clause` is that of its newest entry for it.
  struct Through {
    OfficeKey office;
    AgreementKey agreement;
    uint32_t clause = 0;
    auto operator<=>(Through const&) const = default;
  };
  std::map<PartyKey, Index> own;  // when an originator first contributed one of them
  std::map<Through, std::set<std::pair<Index, ItemKey>>> had;  // by the record that first released it
  std::vector<ItemKey> same_bytes;                             // those whose bytes as posted have this digest
};

// The numbers of served editions, ascending, by whom they were served to and through what.
using ServedThrough = std::map<std::pair<PartyKey, AgreementKey>, std::vector<uint32_t>>;

}  // namespace comity::state
