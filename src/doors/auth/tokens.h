// Bearer tokens: those of the built-in issuer, and how those of others are read. `POST /api/v1/token` with Basic answers {token, expires} (15-forms 1; 25-isolation C6).
//
// A token is for the office its owner came in as and lives limits::token_life. Its id (`jti`) is sealed: inside are the
// index before which it was issued, so that a new password ends it (Client::tokens_since), and a random part. Nobody but
// the centre can read the index (G3). A token cannot be had with a token. Thread-safe.
#pragma once

#include <optional>

#include "crypto/jwt.h"
#include "doors/auth/authenticator.h"
#include "doors/http/router.h"

namespace comity::auth {

struct NewToken {
  std::string text;
  UtcTime expires;
};
Result<NewToken> issue_token(sequencer::Centre const& centre, Principal const& principal);

// The Principal of a token that holds now, as far as the token can say: whether its owner may still come in is asked
// by viewer_now. unauthenticated for every other token.
// A token of another issuer is one of the client that sequencer/foreign_tokens.h finds; `office`: the one that the request
// names, or nothing.
Result<Principal> read_token(sequencer::Centre const& centre, std::string_view token,
                             std::string_view office);

// `/.well-known/jwks.json`: the public key of the centre's tokens (RFC 7517), for whoever is to check one. The same octets for everybody, and
// of nothing that a party did. The centre must outlive the route.
http::Route token_keys_route(sequencer::Centre const& centre);

// Authenticator must outlive the route.
http::Route token_route(Authenticator& authenticator);

}  // namespace comity::auth
