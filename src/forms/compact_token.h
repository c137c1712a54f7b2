// The compact form of a signed token (RFC 7515, RFC 7519), before anything of it is believed: what every reader of tokens shares. Inside
// this room.
//
// Three segments of strict base64url; head and claims are objects in I-JSON, and the head has nothing in `crit`. Times are NumericDates of
// the years 1970 to 9999, of which fractions are cut. Which algorithm, whose key, for whom and for how long is the reader's to say.
//
// Errors: unauthenticated; the detail is for tests, and is not told. Thread-safe: no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "json/json.h"
#include "model/issuer.h"

namespace comity::forms {

inline std::unexpected<Error> no_token(std::string why) {
  return fail(ErrorCode::unauthenticated, std::move(why));
}

struct CompactToken {
  json::Object head, claims;
  std::string_view signed_text;  // of the token given
  Bytes signature;
};
Result<CompactToken> read_compact_token(std::string_view text, size_t most_bytes);

// A claim, or a member of the head, of visible text: empty where it is absent.
Result<std::string> text_claim(json::Object const& object, std::string_view name, size_t most_bytes);

// What the head says it was signed with: one of three algorithms, and the name of a key (`kid`), empty where none is named.
struct SigningHead {
  model::TokenAlgorithm algorithm = model::TokenAlgorithm::es256;
  std::string key_name;
};
Result<SigningHead> read_signing_head(json::Object const& head);

// None where the claim is absent.
Result<std::optional<UtcTime>> date_claim(json::Object const& claims, std::string_view name);

}  // namespace comity::forms
