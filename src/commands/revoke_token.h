// revoke_token (65): a token of the built-in issuer no longer holds, by its `jti` (C6). By an admin person of the party
// or by the one it was issued to; the door says whose it is and when it is over, having verified it. Once it is over, and a day
// more, the revocation is forgotten. The id `*`, which no token has, stands for all tokens and sessions of that user that there are:
// none issued before the record holds any more. Refused: malformed, not_permitted.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

inline constexpr char const* all_tokens = "*";

struct RevokeToken {
  std::string token_id;
  std::string user;       // whom the token was issued to: a client or a person
  UtcTime until = never;  // when the token is over
  auto fields(this auto& self) { return std::tie(self.token_id, self.user, self.until); }
};

Ruling decide(Sight const& sight, RevokeToken const& command);
void apply(State& state, RevokeToken const& command, model::Record const& record);

}  // namespace comity::commands
