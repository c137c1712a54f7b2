// allow_issuer (75): an officer of the host says that the centre takes tokens of an issuer that a party has registered, under the
// URL that it has; or that it does not any more (25-isolation C5). The URL is named with it, so that what was looked at is what is
// allowed; offices, rights and keys are the party's own affair. Refused: not_permitted, the reasons of an officer's act,
// unknown_issuer (also one that was revoked), other_url.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct AllowIssuer {
  std::string issuer;  // `ru/login`
  std::string url;
  bool allowed = true;
  auto fields(this auto& self) { return std::tie(self.issuer, self.url, self.allowed); }
};

Ruling decide(Sight const& sight, AllowIssuer const& command);
void apply(State& state, AllowIssuer const& command, model::Record const& record);

}  // namespace comity::commands
