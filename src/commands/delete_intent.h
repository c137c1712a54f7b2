// delete_intent (201): ends an operational intent (f3548-rules D1, D2). Whoever is told of changes there is told of this one; the
// subscription that was made for it ends with it.
// Refused: not_permitted, unknown_intent, not_owner, stale_ovn, uss_down.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct DeleteIntent {
  model::EntityId id;
  model::SeenOvn at;
  auto fields(this auto& self) { return std::tie(self.id, self.at); }
};

Ruling decide(Sight const& sight, DeleteIntent const& command);
void apply(State& state, DeleteIntent const& command, model::Record const& record);

}  // namespace comity::commands
