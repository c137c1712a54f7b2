#include "commands/set_subject.h"

#include <algorithm>

#include "base/limits.h"

namespace comity::commands {

bool is_said_well(std::string_view issuer, std::string_view subject) {
  return issuer.empty() == subject.empty() && subject.size() <= limits::name_bytes &&
         std::ranges::none_of(subject, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

Ruling check_subject_of_person(Sight const& sight, std::string const& issuer, std::string const& subject,
                               PersonKey whose) {
  if (issuer.empty()) return model::accepted();
  state::Law const& law = sight.view.law();
  uint32_t const number = law.find_issuer(sight.view.party(), issuer);
  if (number == model::no_issuer || law.issuers[number].revoked != 0)
    return refused(ReasonCode::unknown_issuer, issuer);
  for (uint32_t i = 0; i < law.people.size(); ++i) {
    model::Person const& other = law.people[i];
    if (other.issuer == number && other.subject == subject && other.revoked == 0 && PersonKey(i) != whose)
      return refused(ReasonCode::name_taken, subject);
  }
  return model::accepted();
}

Ruling decide(Sight const& sight, SetSubject const& command) {
  state::Law const& law = sight.view.law();
  if (!may(sight, model::role::admin) || sight.command.withheld != 0)
    return refused(ReasonCode::not_permitted);
  if (!is_said_well(command.issuer, command.subject)) return refused(ReasonCode::malformed, "/subject");
  PersonKey const person = law.find_person(command.person);
  if (person.is_none() || law.people[person.value].party != sight.view.party())
    return refused(ReasonCode::unknown_person, command.person);
  return check_subject_of_person(sight, command.issuer, command.subject, person);
}

void apply(State& state, SetSubject const& command, model::Record const& record) {
  model::Person& person = state.law.people[state.law.find_person(command.person).value];
  person.issuer =
      command.issuer.empty() ? model::no_issuer : state.law.find_issuer(person.party, command.issuer);
  person.subject = command.subject;
  person.tokens_since = record.index;
}

}  // namespace comity::commands
