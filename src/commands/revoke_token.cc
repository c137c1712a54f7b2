#include "commands/revoke_token.h"

#include "base/limits.h"

namespace comity::commands {

namespace {

// Whom the token was issued to, as a party's own; none of nobody's.
struct User {
  model::Actor actor;
  PartyKey party;
};

User user_named(state::Law const& law, std::string_view name) {
  if (ClientKey const client = law.find_client(name))
    return {{model::Actor::Kind::client, client.value}, law.party_of(law.clients[client.value].office)};
  if (PersonKey const person = law.find_person(name))
    return {{model::Actor::Kind::person, person.value}, law.people[person.value].party};
  return {};
}

}  // namespace

Ruling decide(Sight const& sight, RevokeToken const& command) {
  if (command.token_id.empty() || command.token_id.size() > limits::name_bytes)
    return refused(ReasonCode::malformed, "/token");
  User const user = user_named(sight.view.law(), command.user);
  if (user.party.is_none()) return refused(ReasonCode::not_permitted);
  bool const own = user.actor == sight.command.actor;
  bool const admin = may(sight, model::role::admin) && user.party == sight.view.party();
  return own || admin ? model::accepted() : refused(ReasonCode::not_permitted);
}

static void revoke_all(State& state, std::string const& user, Index index) {
  if (PersonKey const person = state.law.find_person(user))
    state.law.people[person.value].tokens_since = index;
  if (ClientKey const client = state.law.find_client(user))
    state.law.clients[client.value].tokens_since = index;
}

void apply(State& state, RevokeToken const& command, model::Record const& record) {
  if (command.token_id == all_tokens) return revoke_all(state, command.user, record.index);
  while (!state.revoked_until.empty() && state.revoked_until.begin()->first <= record.time) {
    state.revoked_tokens.erase(state.revoked_until.begin()->second);
    state.revoked_until.erase(state.revoked_until.begin());
  }
  bool const ends = command.until < never - limits::revocation_kept;
  UtcTime const kept = ends ? command.until + limits::revocation_kept : never;
  if (state.revoked_tokens.emplace(command.token_id, kept).second)
    state.revoked_until.emplace(kept, command.token_id);
}

}  // namespace comity::commands
