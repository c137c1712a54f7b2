#include "commands/set_credential.h"

#include "model/names.h"

namespace comity::commands {

static bool is_author(Sight const& sight, PersonKey person) {
  return sight.command.actor == model::Actor{model::Actor::Kind::person, person.value};
}

Ruling decide(Sight const& sight, SetCredential const& command) {
  state::Law const& law = sight.view.law();
  bool const admin = may(sight, model::role::admin);
  // Whom an issuer let in gives nobody a password that outlives the issuer's word.
  if (sight.command.withheld != 0) return refused(ReasonCode::not_permitted);
  if (model::split_person(command.user)) {
    PersonKey const person = law.find_person(command.user);
    bool const own = !person.is_none() && law.people[person.value].party == sight.view.party();
    if (!admin && !(own && is_author(sight, person))) return refused(ReasonCode::not_permitted);
    if (!own) return refused(ReasonCode::unknown_person, command.user);
  } else {
    if (!admin) return refused(ReasonCode::not_permitted);
    ClientKey const client = law.find_client(command.user);
    if (client.is_none() || law.party_of(law.clients[client.value].office) != sight.view.party())
      return refused(ReasonCode::unknown_client, command.user);
  }
  if (sight.context.payload == 0) return refused(ReasonCode::malformed, "/credential");
  return model::accepted();
}

void apply(State& state, SetCredential const& command, model::Record const& record) {
  auto const set = [&](auto& actor) {
    actor.credential = record.payload;
    actor.tokens_since = record.index;
  };
  if (PersonKey const person = state.law.find_person(command.user))
    return set(state.law.people[person.value]);
  set(state.law.clients[state.law.find_client(command.user).value]);
}

}  // namespace comity::commands
