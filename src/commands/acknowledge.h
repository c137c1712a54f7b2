// acknowledge (220): a notice is answered: that it has been understood. It stops its escalation, and permits nothing to anybody. Where the clause asks for it with
// the digest of the notice as it was read (doors compare it with what they told).
// Refused: not_permitted, malformed, unknown_notice, no_read_back, quota.
#pragma once

#include "commands/answering.h"

namespace comity::commands {

struct Acknowledge {
  NoticeReply reply;
  auto fields(this auto& self) { return std::tie(self.reply); }
};

Ruling decide(Sight const& sight, Acknowledge const& command);
void apply(State& state, Acknowledge const& command, model::Record const& record);

}  // namespace comity::commands
