// What the centre has to tell a subscriber of F3548, in the place of an author who has no system of its own or may not know the
// subscriber (25-isolation D4): that an intent or a constraint has changed, or what a subscriber's own intent meets.
//
// Only that there is something to tell is kept; what is told is made when it leaves. Plain structs. Thread rule: as any value.
#pragma once

#include <tuple>
#include <vector>

#include "model/conflict.h"

namespace comity::model {

struct ToTell {
  OfficeKey office;  // whose subscription it is
  EntityId subscription;
  enum class Of : uint8_t { intent = 1, constraint, surrogates } of = Of::intent;
  OfficeKey owner;  // whose intent or constraint changed; of surrogates the subscriber's own
  EntityId entity;
  auto operator<=>(ToTell const&) const = default;
  auto fields(this auto& self) {
    return std::tie(self.office, self.subscription, self.of, self.owner, self.entity);
  }
};

// Since when by the machine's own count, so that what changed while it was being told is told again.
struct WaitsSince {
  uint64_t count = 0;
  std::vector<uint64_t>
      ended;  // of surrogates: numbers of the notices that have ended since it was told last
  auto fields(this auto& self) { return std::tie(self.count, self.ended); }
};

}  // namespace comity::model
