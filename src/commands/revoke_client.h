// revoke_client (13): from this index the client is nobody. Refused: not_permitted, unknown_client, already_done.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct RevokeClient {
  std::string client;
  auto fields(this auto& self) { return std::tie(self.client); }
};

Ruling decide(Sight const& sight, RevokeClient const& command);
void apply(State& state, RevokeClient const& command, model::Record const& record);

}  // namespace comity::commands
