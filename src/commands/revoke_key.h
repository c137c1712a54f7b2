// revoke_key (18): a binding or recovery key of the party no longer counts, from this record on; what it signed before stands.
// Who may sign it: key_change.h; a key may end itself, whatever acts it is registered for. The last key that could change the party's keys stays, unless there are
// recovery keys. A recovery by the host that was under way ends with it, as by rotate_key. Refused: not_permitted, the reasons
// of an act, too_few_signatures, no_such_key, key_not_allowed, last_key.
#pragma once

#include "commands/key_change.h"
#include "model/record.h"

namespace comity::commands {

struct RevokeKey {
  std::string key;  // its id
  auto fields(this auto& self) { return std::tie(self.key); }
};

Ruling decide(Sight const& sight, RevokeKey const& command);
void apply(State& state, RevokeKey const& command, model::Record const& record);

}  // namespace comity::commands
