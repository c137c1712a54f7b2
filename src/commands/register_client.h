// register_client (12): a machine that acts as one office: TAXII client, feed, UTM system. The payload, if there is one,
// is the verifier of its password. With issuer and subject, tokens of that issuer about that subject act as this client (C5); one
// subject of one issuer is one client. Refused: not_permitted, unknown_office, malformed, quota, unknown_issuer,
// not_for_office, name_taken.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct RegisterClient {
  std::string office;  // `ru/general-staff`, of the author's own party
  std::string slug;
  model::Rights rights = 0;
  std::string issuer = {}, subject = {};  // of its tokens: an issuer of the party's own, and who it is there
  auto fields(this auto& self) {
    return std::tie(self.office, self.slug, self.rights, self.issuer, self.subject);
  }
};

Ruling decide(Sight const& sight, RegisterClient const& command);
void apply(State& state, RegisterClient const& command, model::Record const& record);

}  // namespace comity::commands
