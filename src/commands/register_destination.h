// register_destination (66): an admin of a party names where the centre is to call (model/destination.h), gives that name
// another URL, or ends it (no URL), with the feeds attached to it. A URL that is new is called only when the host has allowed
// it, and other offices attach their feeds to it anew: none of them has agreed that it be told there. Refused: not_permitted,
// malformed, unknown_destination (to end), quota (of names that the party has ever given).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct RegisterDestination {
  std::string destination;  // the party's own name for it: a slug
  std::string url;          // empty: it ends
  auto fields(this auto& self) { return std::tie(self.destination, self.url); }
};

Ruling decide(Sight const& sight, RegisterDestination const& command);
void apply(State& state, RegisterDestination const& command, model::Record const& record);

}  // namespace comity::commands
