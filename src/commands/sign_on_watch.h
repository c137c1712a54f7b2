// sign_on_watch (224): a person comes on watch in its office, and says where pages reach it, in order. Said again it changes the
// contacts and nothing else. How a watch ends: hand_over.h.
//
// Refused: not_permitted (a person with the role `watch` in this office), malformed (a contact that is none), quota (people on
// watch).
#pragma once

#include "commands/sight.h"
#include "model/record.h"
#include "model/watch.h"

namespace comity::commands {

struct SignOnWatch {
  std::vector<model::Contact> contacts;
  auto fields(this auto& self) { return std::tie(self.contacts); }
};

Ruling decide(Sight const& sight, SignOnWatch const& command);
void apply(State& state, SignOnWatch const& command, model::Record const& record);

}  // namespace comity::commands
