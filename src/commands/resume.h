// resume (51): the author's party agrees that what is suspended runs again: its own suspension, and where the text says
// `resume: all` every one that stands. It ends when all whom the text asks have agreed: the suspender alone, or all parties; a
// suspension by all under `suspender`, by any of them. While the notice of its suspension runs, or others have not asked for it
// yet, the author takes it back by this.
//
// What was contributed meanwhile stays out (25-isolation A20). `including_gap` gives of it what the author's party originated;
// what others originated, they give by their own word.
// Refused: the reasons of on_text.h, not_a_party, not_confirmed, wrong_state, no_suspension, already_done.
#pragma once

#include "commands/on_text.h"

namespace comity::commands {

struct Resume : OnText {
  bool including_gap = false;
  auto fields(this auto& self) {
    return std::tie(self.agreement, self.version, self.text_hash, self.including_gap);
  }
};

Ruling decide(Sight const& sight, Resume const& command);
void apply(State& state, Resume const& command, model::Record const& record);

}  // namespace comity::commands
