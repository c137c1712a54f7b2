// Public keys of issuers of tokens that are not the centre itself, and whether a token was signed by one (25-isolation C5).
//
// A key is a SubjectPublicKeyInfo in DER, in the one form that OpenSSL writes, and belongs to one algorithm of RFC 7518 and
// RFC 8037 for ever: RS256 with 2,048 to 8,192 bits and an odd exponent of 2 to 32 bits, ES256 on P-256, EdDSA on Ed25519 with a
// point that is no small one, under which strangers could sign. What a token says of itself chooses no
// algorithm here. There is no algorithm with a shared secret, so nobody can pass a public key off as one.
//
// Keys are read from PEM (a public key or a certificate, whose dates and names are not looked at: it is a wrapping), or made of
// the numbers of a JSON Web Key. Errors: bad_input. Pure and thread-safe. A check takes 20 to 300 µs with the
// exponent that all have, an RSA key of 8,192 bits a millisecond; with the longest exponent that is taken twice that.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace comity::crypto {

enum class TokenAlgorithm : uint8_t { rs256 = 1, es256, eddsa };

// The same octets, if they are a key for this algorithm.
Result<Bytes> read_token_key(TokenAlgorithm algorithm, BytesView der);

struct PublicTokenKey {
  TokenAlgorithm algorithm = TokenAlgorithm::es256;
  Bytes der;
};
Result<PublicTokenKey> token_key_of_pem(BytesView pem);
// Numbers as octets, the most significant first.
struct RsaNumbers {
  Bytes modulus, exponent;
};
Result<PublicTokenKey> token_key_of_rsa(RsaNumbers const& numbers);
struct CurvePoint {
  Bytes x, y;  // 32 octets each, of P-256
};
Result<PublicTokenKey> token_key_of_point(CurvePoint const& point);
Result<PublicTokenKey> token_key_of_ed25519(BytesView octets);

// `sha256:` and 16 hexadecimal digits of the hash of the octets; of an Ed25519 key as crypto/ed25519.h names it, so that one key
// has one name whatever it is for.
std::string token_key_id(TokenAlgorithm algorithm, BytesView der);

// `signature` as a token has it: for ES256 64 octets. False also for a key that is none.
struct SignedText {
  BytesView text, signature;
};
bool holds(TokenAlgorithm algorithm, BytesView der, SignedText const& token);
// The work of that with a key of usual size that is nobody's: what has no key to be checked with takes as long as what has one.
void check_in_vain(TokenAlgorithm algorithm, SignedText const& token);

}  // namespace comity::crypto
