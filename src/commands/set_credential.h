// set_credential (64): a new password for a client or person; the verifier (never the password) is the payload, a part
// that can be destroyed. Tokens issued before no longer hold. By an admin person of the party, or by the person itself,
// neither of whom signed in by an issuer of the party's.
// Refused: not_permitted, unknown_client, unknown_person, malformed (no verifier).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct SetCredential {
  std::string user;  // `ru/general-staff/feed` or `anna@ru`
  auto fields(this auto& self) { return std::tie(self.user); }
};

Ruling decide(Sight const& sight, SetCredential const& command);
void apply(State& state, SetCredential const& command, model::Record const& record);

}  // namespace comity::commands
