// register_person (14): a human of the author's party, with roles in one office. The payload, if there is one, is the
// verifier of the password. With issuer and subject she signs in by that issuer (set_subject.h). The role `host` is given by two host
// officers only (set_roles). Refused: not_permitted, unknown_office, malformed, quota, unknown_issuer, name_taken (also the subject of
// an issuer).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct RegisterPerson {
  std::string slug;
  std::string office;
  model::Roles roles = 0;
  std::string issuer = {}, subject = {};  // of the party's own issuers, and who she is there; both or neither
  auto fields(this auto& self) {
    return std::tie(self.slug, self.office, self.roles, self.issuer, self.subject);
  }
};

// Roles that an admin person may give.
inline constexpr model::Roles ordinary_roles = model::role::ordinary;

Ruling decide(Sight const& sight, RegisterPerson const& command);
void apply(State& state, RegisterPerson const& command, model::Record const& record);

}  // namespace comity::commands
