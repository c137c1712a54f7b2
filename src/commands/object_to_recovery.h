// object_to_recovery (76): the party still holds a key, so the host may not give it another (25-isolation B5). Signed by any
// binding or recovery key of the party that holds, whatever acts it is registered for; not by one that the party has ended, or a
// thief of years ago could block its recovery for ever. Refused: not_permitted (a person with the role signing), the reasons of an
// act, no_such_recovery (none, one with another key, one whose time has come).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct ObjectToRecovery {
  std::string new_key;  // id of the key that the host wants to give
  auto fields(this auto& self) { return std::tie(self.new_key); }
};

Ruling decide(Sight const& sight, ObjectToRecovery const& command);
void apply(State& state, ObjectToRecovery const& command, model::Record const& record);

}  // namespace comity::commands
