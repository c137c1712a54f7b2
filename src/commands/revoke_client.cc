#include "commands/revoke_client.h"

namespace comity::commands {

Ruling decide(Sight const& sight, RevokeClient const& command) {
  state::Law const& law = sight.view.law();
  if (!may(sight, model::role::admin)) return refused(ReasonCode::not_permitted);
  ClientKey const client = law.find_client(command.client);
  if (client.is_none() || law.party_of(law.clients[client.value].office) != sight.view.party())
    return refused(ReasonCode::unknown_client, command.client);
  if (law.clients[client.value].revoked != 0) return refused(ReasonCode::already_done, command.client);
  return model::accepted();
}

void apply(State& state, RevokeClient const& command, model::Record const& record) {
  state.law.clients[state.law.find_client(command.client).value].revoked = record.index;
}

}  // namespace comity::commands
