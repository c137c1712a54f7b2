// Opaque tokens: cursors, `Comity-Seen`, collection ids with content (25-isolation G3).
//
// seal() encrypts and authenticates (XChaCha20-Poly1305). The nonce is not random but the first 24 octets of an HMAC of
// context and content, so equal content gives equal octets: two tokens differ if and only if what they hold differs,
// and nobody learns how often one was made. That is the only thing a token tells besides its length, and content is
// padded to a multiple of 32 octets, so a count inside shows no digits. `context` says what and for whom the token is
// (purpose, viewer); it is not in the token, and open() with another context fails as with another key.
//
// The key is used for nothing else: two keys, for nonce and box, are derived from it. open() gives bad_input for every
// token that seal() would not have made, one message for all reasons. Tokens are URL-safe base64. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"

namespace comity::crypto {

// What a token is for; unambiguous as one string.
struct TokenContext {
  std::string_view text;
};

std::string seal(SymmetricKey const& key, TokenContext context, BytesView content);
Result<Bytes> open(SymmetricKey const& key, TokenContext context, std::string_view token);

}  // namespace comity::crypto
