// cannot_assure (222): a notice is answered: that separation cannot be assured. It goes on escalating.
// Refused: not_permitted, malformed, unknown_notice, no_read_back, quota.
#pragma once

#include "commands/answering.h"

namespace comity::commands {

struct CannotAssure {
  NoticeReply reply;
  auto fields(this auto& self) { return std::tie(self.reply); }
};

Ruling decide(Sight const& sight, CannotAssure const& command);
void apply(State& state, CannotAssure const& command, model::Record const& record);

}  // namespace comity::commands
