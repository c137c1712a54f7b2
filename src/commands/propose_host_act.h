// propose_host_act (5): the first of two officers says what the host is to do (15-forms 1). Nothing happens until
// another person countersigns within 24 hours. Refused: not_permitted, the reasons of an officer's act, and malformed if
// the act is not one that two officers can do.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct ProposeHostAct {
  model::CommandKind kind = model::CommandKind::register_party;
  Bytes body;  // of the proposed command
  auto fields(this auto& self) { return std::tie(self.kind, self.body); }
};

// The closed list of what two officers can do.
bool is_host_act(model::CommandKind kind);

Ruling decide(Sight const& sight, ProposeHostAct const& command);
void apply(State& state, ProposeHostAct const& command, model::Record const& record);

}  // namespace comity::commands
