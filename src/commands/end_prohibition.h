// end_prohibition (70): the author's party consents that a prohibition no longer stands between it and one other party. It ends
// when that party has consented too (25-isolation G11): suspension, withdrawal and the end of an agreement that too few are left
// in do not end it.
// Refused: the reasons of on_text.h, not_confirmed, no_prohibition (no such clause, or one that never bound the two), unknown_party,
// already_done.
#pragma once

#include "commands/on_text.h"

namespace comity::commands {

struct EndProhibition : OnText {
  std::string clause;
  std::string with;  // slug of the other party
  auto fields(this auto& self) {
    return std::tie(self.agreement, self.version, self.text_hash, self.clause, self.with);
  }
};

Ruling decide(Sight const& sight, EndProhibition const& command);
void apply(State& state, EndProhibition const& command, model::Record const& record);

}  // namespace comity::commands
