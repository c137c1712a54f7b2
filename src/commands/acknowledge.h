// acknowledge (220): a notice is answered: that it has been understood. It stops its escalation, and permits nothing to anybody. Where the
// clause asks for it with the digest of the notice as it was read.
//
// A digest is compared with that of what was told, also where no clause asks for one. Where they differ, something else was understood than was
// said, which is what its sender must learn and nobody may take for an answer: the reply is kept and marked so, and the notice waits and
// escalates as before. So it is accepted, and its ruling says that it acknowledges nothing.
//
// `told` is a fact that the sequencer adds (sequencer/prepare.h): what the machine is to compare with is JSON and a hash of it. A notice of one
// number says the same for ever. Refused: not_permitted, malformed, unknown_notice, no_read_back, quota.
#pragma once

#include "commands/answering.h"

namespace comity::commands {

struct Acknowledge {
  NoticeReply reply;
  Digest told;  // of the notice's content; none where there is no such notice
  auto fields(this auto& self) { return std::tie(self.reply, self.told); }
};

Ruling decide(Sight const& sight, Acknowledge const& command);
void apply(State& state, Acknowledge const& command, model::Record const& record);

}  // namespace comity::commands
