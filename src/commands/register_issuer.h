// register_issuer (62): a party names an issuer of tokens for its own clients and people: by what its tokens call it, with the offices it
// may speak for, the rights and roles it may give (one at least, never `host`) and its keys, each with one algorithm (25-isolation C5). The same name again replaces
// all of that; keys that are not there any more have ended, and what was verified before is looked at anew. Another URL, or one
// that was revoked, has to be allowed by the host (allow_issuer). The door has read each key and found it sound.
// Refused: not_permitted (an admin person; in a centre of preset `taxii` nobody), malformed, reserved_name (the centre's own
// issuer), unknown_office, quota, key_in_use (a key that signs acts).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct RegisterIssuer {
  std::string issuer;  // a slug of the party's own
  std::string url;
  std::vector<std::string> offices;  // of the author's party; none: all of them
  model::Rights rights = 0;
  std::vector<model::TokenKey> keys;
  model::Roles roles = 0;  // for people who sign in by it
  auto fields(this auto& self) {
    return std::tie(self.issuer, self.url, self.offices, self.rights, self.keys, self.roles);
  }
};

Ruling decide(Sight const& sight, RegisterIssuer const& command);
void apply(State& state, RegisterIssuer const& command, model::Record const& record);

// `ru/login` in the law's table; null if there is none. The host sees all of them.
model::Issuer const* issuer_named(state::Law const& law, std::string_view name);
model::Issuer* issuer_named(state::Law& law, std::string_view name);

}  // namespace comity::commands
