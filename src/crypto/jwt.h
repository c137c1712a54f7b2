// Bearer tokens of the built-in issuer: JSON Web Tokens (RFC 7519) signed with ES256 and with nothing else.
//
// The algorithm belongs to the key (25-isolation C5): what a token says of itself only decides whether it is refused.
// `none`, an HMAC over the public key, any other algorithm, critical header extensions, and text that is not exactly
// three segments of strict base64url are refused before the signature is looked at. verify() then holds the token to its
// issuer and audience, to `exp` (half-open: at that second it is over), to a life of at most limits::token_life, and to
// an `iat` that is not ahead of `now` by more than limits::token_clock_step.
// One message can have two valid ECDSA signatures: what identifies a token is its jti, not its text.
//
// Errors: unauthenticated for every token that does not hold; bad_input from issue() for claims that could not be
// verified. Times are whole seconds; fractions are cut. Signing and making keys draw randomness from OpenSSL, not from
// the seam. libjwt reads the key anew each time, which takes most of a millisecond, so doors keep verified tokens until
// they expire or the key is revoked. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "crypto/secret.h"

namespace comity::crypto {

// A pair of keys on the curve P-256, in PEM.
struct Es256Key {
  SecretText private_pem;
  std::string public_pem;

  static Es256Key generate();
  // corrupt unless `private_pem` holds a private key on P-256, without a passphrase.
  static Result<Es256Key> from(SecretText private_pem);
};

// Who issues, for whom, and with which key.
struct IssuerKey {
  std::string issuer;
  std::string audience;
  Es256Key key;
};

struct Claims {
  std::string issuer;
  std::string subject;
  std::string audience;
  std::string jti;
  UtcTime issued;
  UtcTime expires;
  std::string scope;   // words parted by spaces; may be empty
  std::string office;  // `party/slug`; may be empty

  bool operator==(Claims const&) const = default;
};

Result<std::string> issue(IssuerKey const& key, Claims const& claims);
Result<Claims> verify(IssuerKey const& key, std::string_view token, UtcTime now);

}  // namespace comity::crypto
