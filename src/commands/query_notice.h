// query_notice (221): a notice is answered: that it is not understood, or asks for more. It goes on escalating.
// Refused: not_permitted, malformed, unknown_notice, no_read_back, quota.
#pragma once

#include "commands/answering.h"

namespace comity::commands {

struct QueryNotice {
  NoticeReply reply;
  auto fields(this auto& self) { return std::tie(self.reply); }
};

Ruling decide(Sight const& sight, QueryNotice const& command);
void apply(State& state, QueryNotice const& command, model::Record const& record);

}  // namespace comity::commands
