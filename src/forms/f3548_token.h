// Tokens of F3548 (f3548-rules T6 to T8): JSON Web Tokens of the issuers that a centre of preset `dss` was started with.
//
// What holds for such a token, and is looser than what the centre asks of issuers that a party registers (foreign_token.h): `aud` may
// be a list of which one is ours, `iat` and `jti` may be absent, `exp` is at most an hour ahead. The algorithm is that of the key.
//
// Errors: unauthenticated; the detail is for tests, and is not told. Thread-safe: no state.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/issuer.h"

namespace comity::forms {

// Scopes as bits, named as f3548-rules 2 does.
using Scopes = uint32_t;
namespace scope {
inline constexpr Scopes sc = 1, cm = 2, cp = 4, sa = 8, aa = 16, rid_read = 32, rid_write = 64;
}

// Of one word; 0: it is no scope of the standard.
Scopes scope_of(std::string_view word);

struct F3548Token {
  std::string subject;
  Scopes scopes = 0;
  UtcTime expires;
};

struct TokenTrust {
  std::vector<model::TokenKey> keys;
  std::vector<std::string> audiences;
};

Result<F3548Token> read_f3548_token(std::string_view text, TokenTrust const& trust, UtcTime now);

}  // namespace comity::forms
