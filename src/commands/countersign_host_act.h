// countersign_host_act (6): the second officer agrees, and the proposed act takes effect here (15-forms 1). Refused:
// not_permitted, the reasons of an officer's act, no_such_proposal (unknown, or older than 24 hours), same_person,
// no_such_proposal (its officer has gone, or has another key than the one that signed it), and then whatever the act itself is refused for.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct CountersignHostAct {
  Digest proposal;  // digest of the proposing command
  auto fields(this auto& self) { return std::tie(self.proposal); }
};

Ruling decide(Sight const& sight, CountersignHostAct const& command);
void apply(State& state, CountersignHostAct const& command, model::Record const& record);

}  // namespace comity::commands
