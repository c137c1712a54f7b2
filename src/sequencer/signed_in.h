// Which person an ID token signs in (25-isolation C5; OpenID Connect Core 1.0).
//
// The issuer is the one that the host's configuration names: `ru/login`, as that party registered it and while the host allows it. The token
// has to be signed with a key of that issuer, by the algorithm that the key has for ever, and says who it is about by its subject: the
// person of that party, and of no other, for whom the party has registered this issuer and this subject. Two parties with one provider and
// one subject are two people. She comes in as the first of her offices in which the issuer may give her a role.
//
// Nothing is fetched. Thread-safe: no state. Not under the lock.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "sequencer/centre.h"

namespace comity::sequencer {

// What is asked of an issuer as it is now. not_found: there is none of that name that may sign people in.
struct SigningIn {
  uint32_t issuer = model::no_issuer;  // in the law's table
  std::string url;
};
Result<SigningIn> signing_in(Centre const& centre, std::string_view issuer_name);

struct Login {
  std::string issuer;  // `ru/login`
  std::string client_id, nonce;
  UtcTime begun;
};

struct SignedIn {
  PersonKey person;
  OfficeKey office;
  uint32_t issuer = model::no_issuer;
  Index issuer_changed = 0;  // what stood in the law when this was found
  Index seen = 0;            // the newest record then
};
// unauthenticated: nobody.
Result<SignedIn> signed_in(Centre const& centre, std::string_view id_token, Login const& login);

}  // namespace comity::sequencer
