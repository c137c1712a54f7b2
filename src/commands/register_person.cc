#include "commands/register_person.h"

#include <algorithm>

#include "commands/set_subject.h"
#include "model/names.h"

namespace comity::commands {

static std::string full_name(state::Law const& law, PartyKey party, std::string const& slug) {
  return slug + "@" + law.party(party).slug;
}

Ruling decide(Sight const& sight, RegisterPerson const& command) {
  state::Law const& law = sight.view.law();
  PartyKey const party = sight.view.party();
  if (!may(sight, model::role::admin)) return refused(ReasonCode::not_permitted);
  OfficeKey const office = sight.view.office(command.office);
  if (office.is_none() || law.party_of(office) != party)
    return refused(ReasonCode::unknown_office, command.office);
  // The office of an open arrangement is its users': a person in it would read every collection.
  if (law.arrangement && office == law.arrangement->office) return refused(ReasonCode::not_permitted);
  if (!model::is_slug(command.slug)) return refused(ReasonCode::malformed, "/slug");
  if ((command.roles & ~ordinary_roles) != 0) return refused(ReasonCode::malformed, "/roles");
  if (!is_said_well(command.issuer, command.subject)) return refused(ReasonCode::malformed, "/subject");
  auto const own =
      std::ranges::count_if(law.people, [&](auto const& person) { return person.party == party; });
  if (own >= law.quota(model::Quota::people)) return refused(ReasonCode::quota);
  if (Ruling refusal = check_subject_of_person(sight, command.issuer, command.subject, {});
      !refusal.accepted())
    return refusal;
  if (law.find_person(full_name(law, party, command.slug)))
    return refused(ReasonCode::name_taken, command.slug);
  return model::accepted();
}

void apply(State& state, RegisterPerson const& command, model::Record const& record) {
  model::Person person;
  person.party = state.law.party_of(record.command.office);
  person.name = full_name(state.law, person.party, command.slug);
  person.roles[state.law.find_office(command.office)] = command.roles;
  person.credential = record.payload;
  if (!command.issuer.empty()) {
    person.issuer = state.law.find_issuer(person.party, command.issuer);
    person.subject = command.subject;
  }
  state.law.people.push_back(std::move(person));
}

}  // namespace comity::commands
