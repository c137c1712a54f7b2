// note_told (229): a subscriber's system has taken what the centre had to tell it (model/to_tell.h). Sent by the centre when that system
// has answered. Never refused.
#pragma once

#include "commands/sight.h"
#include "model/record.h"
#include "model/to_tell.h"

namespace comity::commands {

struct NoteTold {
  model::ToTell what;
  uint64_t count = 0;  // as it was when it was told
  auto fields(this auto& self) { return std::tie(self.what, self.count); }
};

Ruling decide(Sight const& sight, NoteTold const& command);
void apply(State& state, NoteTold const& command, model::Record const& record);

}  // namespace comity::commands
