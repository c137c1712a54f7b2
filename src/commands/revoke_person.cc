#include "commands/revoke_person.h"

#include "commands/set_roles.h"

namespace comity::commands {

Ruling decide(Sight const& sight, RevokePerson const& command) {
  state::Law const& law = sight.view.law();
  if (!may(sight, model::role::admin)) return refused(ReasonCode::not_permitted);
  PersonKey const person = law.find_person(command.person);
  if (person.is_none() || law.people[person.value].party != sight.view.party())
    return refused(ReasonCode::unknown_person, command.person);
  if (law.people[person.value].revoked != 0) return refused(ReasonCode::already_done, command.person);
  // The role `host` is taken by two officers (set_roles) before the person can go: one admin must not end the host's acts.
  if (is_officer(law, person)) return refused(ReasonCode::not_permitted, command.person);
  return model::accepted();
}

void apply(State& state, RevokePerson const& command, model::Record const& record) {
  state.law.people[state.law.find_person(command.person).value].revoked = record.index;
}

}  // namespace comity::commands
