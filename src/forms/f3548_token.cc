#include "forms/f3548_token.h"

#include <algorithm>

#include "base/contains.h"
#include "base/limits.h"
#include "crypto/token_key.h"
#include "forms/compact_token.h"

namespace comity::forms {
namespace {

constexpr size_t token_bytes = 16u << 10;  // some issuers put much into one; T6 names no bound

std::string_view text_in(json::Object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

bool is_for(json::Object const& claims, std::vector<std::string> const& audiences) {
  auto const* value = claims.if_contains("aud");
  if (!value) return false;
  auto const is_ours = [&](json::Value const& one) {
    return one.is_string() && contains(audiences, std::string_view(one.get_string()));
  };
  auto const* list = value->if_array();
  return list ? std::ranges::any_of(*list, is_ours) : is_ours(*value);
}

Scopes scopes_in(std::string_view words) {
  Scopes all = 0;
  for (size_t at = 0; at < words.size();) {
    size_t const end = std::min(words.find(' ', at), words.size());
    all |= scope_of(words.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

Result<UtcTime> check_times(json::Object const& claims, UtcTime now) {
  auto const expires = TRY(date_claim(claims, "exp"));
  auto const issued = TRY(date_claim(claims, "iat")), not_before = TRY(date_claim(claims, "nbf"));
  if (!expires || *expires <= now) return no_token("over, or without exp");
  if (*expires > now + hours(1)) return no_token("exp is more than an hour ahead");
  UtcTime const latest = now + limits::token_clock_step;
  if ((issued && *issued > latest) || (not_before && *not_before > latest)) return no_token("not yet");
  return *expires;
}

// The algorithm that the token names has to be that of a key; a key without a name is tried whatever the token says.
bool is_signed(json::Object const& head, TokenTrust const& trust, crypto::SignedText const& token) {
  std::string_view const algorithm = text_in(head, "alg"), name = text_in(head, "kid");
  auto const word = [](model::TokenAlgorithm of) {
    return of == model::TokenAlgorithm::rs256   ? std::string_view("RS256")
           : of == model::TokenAlgorithm::es256 ? std::string_view("ES256")
                                                : std::string_view("EdDSA");
  };
  return std::ranges::any_of(trust.keys, [&](model::TokenKey const& key) {
    if (word(key.algorithm) != algorithm) return false;
    if (!key.name.empty() && !name.empty() && key.name != name) return false;
    return crypto::holds(static_cast<crypto::TokenAlgorithm>(key.algorithm), key.octets, token);
  });
}

}  // namespace

Scopes scope_of(std::string_view word) {
  static constexpr std::pair<std::string_view, Scopes> known[] = {
      {"utm.strategic_coordination", scope::sc},
      {"utm.constraint_management", scope::cm},
      {"utm.constraint_processing", scope::cp},
      {"utm.conformance_monitoring_sa", scope::sa},
      {"utm.availability_arbitration", scope::aa},
      {"dss.read.identification_service_areas", scope::rid_read},
      {"dss.write.identification_service_areas", scope::rid_write}};
  for (auto const& [text, bit] : known)
    if (word == text) return bit;
  return 0;
}

Result<F3548Token> read_f3548_token(std::string_view text, TokenTrust const& trust, UtcTime now) {
  CompactToken const compact = TRY(read_compact_token(text, token_bytes));
  json::Object const& claims = compact.claims;
  F3548Token token;
  token.subject = std::string(text_in(claims, "sub"));
  bool const sound =
      !token.subject.empty() && token.subject.size() <= limits::subject_bytes &&
      std::ranges::none_of(token.subject, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (!sound || text_in(claims, "iss").empty()) return no_token("without sub or iss");
  if (!is_for(claims, trust.audiences)) return no_token("for another audience");
  token.expires = TRY(check_times(claims, now));
  if (!is_signed(compact.head, trust, {compact.signed_text, compact.signature}))
    return no_token("signed by no key of the issuers");
  token.scopes = scopes_in(text_in(claims, "scope"));
  return token;
}

}  // namespace comity::forms
