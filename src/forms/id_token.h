// What an ID token says (OpenID Connect Core 1.0, 2 and 3.1.3.7), before its signature is looked at: that a person signed in at an issuer
// of her party a moment ago, for this centre and for this very login (25-isolation C5).
//
// It has the compact form with a head of RS256, ES256 or EdDSA (compact_token.h). Refused is whatever would hold for nobody, whoever
// signed it: of another issuer; for another client id, or for several without this one as `azp`; without this login's nonce; from
// before the login began, or issued in the future (a minute for clocks, both ways); over, not yet, or for longer than
// limits::id_token_life; without a subject. `at_hash` is not looked at: no access token is used. `acr` and `amr` neither: how its people
// show who they are is the provider's affair.
//
// Errors: unauthenticated; the detail is for tests, and is not told. Thread-safe: no state.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "model/issuer.h"

namespace comity::forms {

struct IdTokenWanted {
  std::string_view issuer, client_id, nonce;
  UtcTime begun, now;  // when the login began
};

struct IdToken {
  model::TokenAlgorithm algorithm = model::TokenAlgorithm::es256;
  std::string key_name;  // `kid`; empty: none is named
  std::string subject;
  UtcTime issued;
  std::string_view signed_text;  // of the token given
  Bytes signature;
};
Result<IdToken> read_id_token(std::string_view token, IdTokenWanted const& wanted);

// The ID token in what a token endpoint answered (RFC 6749, 5.1; OpenID Connect Core 1.0, 3.1.3.3); whatever else is in it is dropped.
Result<std::string> id_token_in(BytesView answer);

}  // namespace comity::forms
