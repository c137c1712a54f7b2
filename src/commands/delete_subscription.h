// delete_subscription (205): ends a subscription (f3548-rules S7). Of another manager it is refused as that, before its version.
// Refused: not_permitted, unknown_subscription, not_owner, stale_ovn, has_dependents.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct DeleteSubscription {
  model::EntityId id;
  model::SeenOvn at;
  auto fields(this auto& self) { return std::tie(self.id, self.at); }
};

Ruling decide(Sight const& sight, DeleteSubscription const& command);
void apply(State& state, DeleteSubscription const& command, model::Record const& record);

}  // namespace comity::commands
