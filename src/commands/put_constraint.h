// put_constraint (202): files a constraint, or a change of one (f3548-rules C1, C2). It needs no key; its altitudes may be open.
// Filed over the centre's own door it has no URL, and the centre's own system has its details.
//
// Refused: not_permitted, malformed, in_the_past, not_owner, stale_ovn (also for one that is not there), quota.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct PutConstraint {
  model::EntityId id;
  std::optional<model::SeenOvn> at;  // of the change of one that is there
  model::Ovn next;
  std::string url;
  model::Hull hull;
  std::vector<model::Extent> extents;
  bool native = false;
  std::string said;  // as of an intent (put_intent.h)
  auto fields(this auto& self) {
    return std::tie(self.id, self.at, self.next, self.url, self.hull, self.extents, self.native, self.said);
  }
};

Ruling decide(Sight const& sight, PutConstraint const& command);
void apply(State& state, PutConstraint const& command, model::Record const& record);

}  // namespace comity::commands
