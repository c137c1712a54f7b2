// note_served (108): which editions an office is about to be served, by their ids and digests, so that the third-party
// rule knows a copy of an edition too (A14). Sent by the centre before the bytes leave: what is not recorded is not
// served. Never refused.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct NoteServed {
  std::vector<state::ServedEdition> editions;
  auto fields(this auto& self) { return std::tie(self.editions); }
};

Ruling decide(Sight const& sight, NoteServed const& command);
void apply(State& state, NoteServed const& command, model::Record const& record);

}  // namespace comity::commands
