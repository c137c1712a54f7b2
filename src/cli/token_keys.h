// Keys of an issuer of tokens from a file (25-isolation C5: nothing is fetched): PEM, with one or more public keys or
// certificates, or a JSON Web Key Set (RFC 7517).
//
// Of a set, keys for signatures are taken (`use` is `sig` or not said) of the kinds RSA, EC on P-256 and OKP Ed25519, under their
// `kid`; an `alg` that is said must be the one that the kind has here. Others are left out and told. Errors: bad_input.
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
};
Result<TokenKeys> token_keys(BytesView file);

}  // namespace comity::cli
