// What a token of another issuer says (RFC 7519, RFC 7515), before anything of it is believed (25-isolation C5, C6).
//
// Taken is the compact form with three segments of strict base64url, a header of I-JSON with `alg` RS256, ES256 or EdDSA and
// nothing in `crit`, and claims of I-JSON. What would hold for nobody, whoever signed it, is refused here already: without
// `iss`, `sub`, `aud`, `exp`, `iat` or an id (`jti`, or the `uti` of Entra); for another audience, or for several, one of whom could pass it on; over (`exp`,
// at that second), not yet (`nbf`, `iat`), or for longer than limits::issuer_token_life. Keys, addresses and certificates that a
// header names are not looked at: nothing is fetched, and no token brings its own key.
//
// Errors: unauthenticated, for whatever reason; the detail is for tests, and is not told. Thread-safe: no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "forms/f3548_token.h"
#include "model/issuer.h"

namespace comity::forms {

struct ForeignToken {
  model::TokenAlgorithm algorithm = model::TokenAlgorithm::es256;
  std::string key_name;  // `kid`; empty: none is named
  std::string issuer, subject, id;
  std::string office;  // the claim `office`; empty: none
  UtcTime issued, expires;
  bool has_scope =
      false;  // it says what it is for, in `scope` or `scp`, each words in a text or a list of texts
  std::vector<std::string> scope;
  std::string_view signed_text;  // of the token given
  Bytes signature;

  // Of the words in `scope` those that are rights here, which may be no right at all; none if it does not say. A scope of F3548 gives
  // what its endpoints need: to read, and unless it only reads, to file.
  std::optional<model::Rights> rights() const;
  Scopes utm_scopes() const;
};

// A token that has a scope of F3548 may also call its audience by the host in the centre's origin, as that standard does.
Result<ForeignToken> read_foreign_token(std::string_view token, std::string_view audience, UtcTime now);

// The claim `iss` of whatever has the form of a token; empty if there is none. For choosing who is asked.
std::string issuer_said(std::string_view token);

}  // namespace comity::forms
