// Keys of an issuer of tokens from a file (25-isolation C5: nothing is fetched): PEM, with one or more public keys, or one
// certificate, or a JSON Web Key Set (RFC 7517). Of a chain of certificates the first is the issuer's and is taken; the others are
// of those who vouch for it, and are left out.
//
// Of a set, keys for signatures are taken (`use` is `sig`, `key_ops` has `verify`, or they are not said) of the kinds RSA, EC on
// P-256 and OKP Ed25519, under their `kid`; an `alg` that is said must be the one that the kind has here. Others are left out and
// told; so is that a key came with its private half, which is not sent. Errors: bad_input.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "json/json.h"

namespace comity::cli {

struct TokenKeys {
  json::Array keys;                   // {name?, algorithm, key}, as register_issuer takes them
  std::vector<std::string> left_out;  // a line for each
  std::vector<std::string> warnings = {};
};
Result<TokenKeys> token_keys(BytesView file);

}  // namespace comity::cli
