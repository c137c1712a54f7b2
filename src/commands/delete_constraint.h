// delete_constraint (203): ends a constraint (f3548-rules C3).
// Refused: not_permitted, unknown_constraint, not_owner, stale_ovn.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct DeleteConstraint {
  model::EntityId id;
  model::SeenOvn at;
  auto fields(this auto& self) { return std::tie(self.id, self.at); }
};

Ruling decide(Sight const& sight, DeleteConstraint const& command);
void apply(State& state, DeleteConstraint const& command, model::Record const& record);

}  // namespace comity::commands
