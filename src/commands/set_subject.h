// set_subject (77): who a person of the author's party is at one of the party's issuers, by which she signs in (25-isolation C5): identity
// is issuer and subject, and one subject of one issuer is one person. Without both she signs in by no issuer any more. As after a new
// password, her sessions and tokens of before do not hold. By an admin person who did not sign in by an issuer herself. Refused:
// not_permitted, malformed, unknown_person, unknown_issuer, name_taken.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct SetSubject {
  std::string person;
  std::string issuer = {}, subject = {};  // of the party's own issuers; both or neither
  auto fields(this auto& self) { return std::tie(self.person, self.issuer, self.subject); }
};

// Both or neither, and a subject that a token may have.
bool is_said_well(std::string_view issuer, std::string_view subject);
// Of the author's party, and nobody's but `whose` (none: of nobody yet). Where no issuer is named there is nothing to refuse.
Ruling check_subject_of_person(Sight const& sight, std::string const& issuer, std::string const& subject,
                               PersonKey whose);

Ruling decide(Sight const& sight, SetSubject const& command);
void apply(State& state, SetSubject const& command, model::Record const& record);

}  // namespace comity::commands
