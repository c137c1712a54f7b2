// recover_key (19): two host officers file a new binding key for a party that says it has lost all of its own (25-isolation B5).
// Nothing changes for three days of open operation: the party and all who share an agreement with it see it, each office of the party
// has it among its duties, and any key of the party that holds can object (object_to_recovery), or change the party's keys, which
// ends it too. Then, by a pulse, the party has this key and no other. Where it has keys it needs no host, so after an objection there
// is no other attempt for a while.
// Refused: not_permitted (without two officers), unknown_party, recovery_under_way, key_in_use.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct RecoverKey {
  std::string party;
  std::string key_id;
  std::array<uint8_t, 32> key{};
  auto fields(this auto& self) { return std::tie(self.party, self.key_id, self.key); }
};

Ruling decide(Sight const& sight, RecoverKey const& command);
void apply(State& state, RecoverKey const& command, model::Record const& record);

}  // namespace comity::commands
