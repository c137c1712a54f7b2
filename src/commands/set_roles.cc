#include "commands/set_roles.h"

#include <algorithm>

#include "commands/register_person.h"

namespace comity::commands {

model::Roles roles_in(state::Law const& law, PersonKey person, OfficeKey office) {
  auto const& roles = law.people[person.value].roles;
  auto const found = roles.find(office);
  return found == roles.end() ? 0 : found->second;
}

static bool is_host_besides(model::Person const& person, OfficeKey office) {
  return std::ranges::any_of(person.roles, [&](auto const& entry) {
    return entry.first != office && (entry.second & model::role::host) != 0;
  });
}

bool is_officer(state::Law const& law, PersonKey key) {
  model::Person const& person = law.people[key.value];
  return person.revoked == 0 && !person.officer_key.id.empty() && is_host_besides(person, {});
}

size_t other_officers(state::Law const& law, PersonKey person) {
  size_t count = 0;
  for (size_t i = 0; i < law.people.size(); ++i)
    count += PersonKey(i) != person && is_officer(law, PersonKey(i));
  return count;
}

Ruling decide(Sight const& sight, SetRoles const& command) {
  state::Law const& law = sight.view.law();
  PartyKey const party = sight.view.party();
  bool const two_officers = sight.command.kind == model::CommandKind::countersign_host_act;
  if (!two_officers && !may(sight, model::role::admin)) return refused(ReasonCode::not_permitted);
  PersonKey const person = law.find_person(command.person);
  if (person.is_none() || law.people[person.value].party != party)
    return refused(ReasonCode::unknown_person, command.person);
  OfficeKey const office = law.find_office(command.office);
  if (office.is_none() || law.party_of(office) != party)
    return refused(ReasonCode::unknown_office, command.office);
  // The office of an open arrangement is its users': a person in it would read every collection.
  if (law.arrangement && office == law.arrangement->office) return refused(ReasonCode::not_permitted);
  bool const host = (command.roles & model::role::host) != 0;
  if ((command.roles & ~(ordinary_roles | model::role::host)) != 0)
    return refused(ReasonCode::malformed, "/roles");
  if (host != !command.officer_key_id.empty()) return refused(ReasonCode::malformed, "/officer_key_id");
  if (command.was && *command.was != roles_in(law, person, office))
    return refused(ReasonCode::stale_ovn, "/was");
  bool const was_host = (roles_in(law, person, office) & model::role::host) != 0;
  bool const own_key = law.people[person.value].officer_key.id == command.officer_key_id;
  if ((host || was_host) && !two_officers) return refused(ReasonCode::not_permitted);
  bool const goes = was_host && !host && !is_host_besides(law.people[person.value], office);
  if (goes && other_officers(law, person) < 2) return refused(ReasonCode::too_few_officers);
  if (host && !own_key && law.is_key_of(party, command.officer_key_id))
    return refused(ReasonCode::key_in_use, command.officer_key_id);
  return model::accepted();
}

// The officer's key comes with the role `host` and goes when she has it in no office any more; other roles do not touch it.
void apply(State& state, SetRoles const& command, model::Record const& record) {
  PersonKey const key = state.law.find_person(command.person);
  OfficeKey const office = state.law.find_office(command.office);
  bool const was_host = (roles_in(state.law, key, office) & model::role::host) != 0;
  model::Person& person = state.law.people[key.value];
  person.roles[office] = command.roles;
  bool const ends = was_host && !is_host_besides(person, {});
  bool const another = !command.officer_key_id.empty() && command.officer_key_id != person.officer_key.id;
  if (ends || another)
    model::remember_ended(state.law.parties[person.party.value].ended_officer_keys, person.officer_key.id);
  if (ends) person.officer_key = {};
  if (!command.officer_key_id.empty())
    person.officer_key = {command.officer_key_id, command.officer_key, model::KeyPurpose::officer,
                          record.index, 0};
}

}  // namespace comity::commands
