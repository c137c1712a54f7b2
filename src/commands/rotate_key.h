// rotate_key (17): the party registers new keys, and may end others in the same act, also the one that signs; or says how many
// recovery keys sign together. Who may sign it: key_change.h. It takes effect at its record; what was signed with an ended key
// before stands. A recovery by the host that was under way ends with it, as by an objection: the party has shown that it holds a key.
// Refused: not_permitted (a person with the role signing), the reasons of an act, too_few_signatures, not_proven,
// malformed (also a number of recovery keys where none would hold), quota (keys that hold, or were ever there), key_in_use, no_such_key (to end), key_not_allowed, last_key.
#pragma once

#include "commands/key_change.h"
#include "model/record.h"

namespace comity::commands {

struct RotateKey {
  std::vector<NewKey> keys;
  std::vector<std::string> ends;  // ids
  uint32_t recovery_needed = 0;   // 0: as it was
  auto fields(this auto& self) { return std::tie(self.keys, self.ends, self.recovery_needed); }
};

Ruling decide(Sight const& sight, RotateKey const& command);
void apply(State& state, RotateKey const& command, model::Record const& record);

}  // namespace comity::commands
