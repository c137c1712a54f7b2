#include "commands/revoke_key.h"

namespace comity::commands {

Ruling decide(Sight const& sight, RevokeKey const& command) {
  if (!may(sight, model::role::signing)) return refused(ReasonCode::not_permitted);
  bool const itself = sight.command.act && sight.command.act->key == command.key;
  auto const hand = check_key_act(sight, {}, itself ? Powers::any : Powers::for_kind);
  if (!hand) return refused(hand.error());
  model::Party const& party = sight.view.law().party(sight.view.party());
  model::PublicKeyEntry const* key = valid_key(party, command.key);
  if (!key) return refused(ReasonCode::no_such_key, command.key);
  if (!hand->may_end(*key)) return refused(ReasonCode::key_not_allowed, command.key);
  model::Party after = party;
  end_key(after, command.key, sight.context.index);
  return can_go_on(after) ? model::accepted() : refused(ReasonCode::last_key, command.key);
}

void apply(State& state, RevokeKey const& command, model::Record const& record) {
  PartyKey const party = state.law.party_of(record.command.office);
  end_key(state.law.parties[party.value], command.key, record.index);
  state.law.end_recovery(party, record.time);
}

}  // namespace comity::commands
