#include "commands/revoke_token.h"

#include "base/limits.h"

namespace comity::commands {

static PartyKey party_of(state::Law const& law, model::Actor const& actor) {
  if (actor.kind == model::Actor::Kind::client && actor.key < law.clients.size())
    return law.party_of(law.clients[actor.key].office);
  if (actor.kind == model::Actor::Kind::person && actor.key < law.people.size())
    return law.people[actor.key].party;
  return {};
}

Ruling decide(Sight const& sight, RevokeToken const& command) {
  if (command.token_id.empty() || command.token_id.size() > limits::name_bytes)
    return refused(ReasonCode::malformed, "/token");
  bool const own = command.subject == sight.command.actor;
  bool const admin =
      may(sight, model::role::admin) && party_of(sight.view.law(), command.subject) == sight.view.party();
  return own || admin ? model::accepted() : refused(ReasonCode::not_permitted);
}

void apply(State& state, RevokeToken const& command, model::Record const& record) {
  state.revoked_tokens.emplace(command.token_id, record.index);
}

}  // namespace comity::commands
