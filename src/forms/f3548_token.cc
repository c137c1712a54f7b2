#include "forms/f3548_token.h"

#include <algorithm>
#include <cmath>

#include "base/contains.h"
#include "base/limits.h"
#include "crypto/base64.h"
#include "crypto/token_key.h"
#include "json/json.h"

namespace comity::forms {
namespace {

constexpr size_t token_bytes = 16u << 10;  // some issuers put much into one; T6 names no bound

std::unexpected<Error> refused(char const* why) { return fail(ErrorCode::unauthenticated, why); }

struct Segments {
  std::string_view head, claims, signature;
};
std::optional<Segments> split(std::string_view token) {
  size_t const first = token.find('.'), last = token.rfind('.');
  if (token.size() > token_bytes || first == token.npos || first == last) return std::nullopt;
  return Segments{token.substr(0, first), token.substr(first + 1, last - first - 1), token.substr(last + 1)};
}

Result<json::Object> object_in(std::string_view segment) {
  auto const text = crypto::from_base64url(segment);
  auto value = text ? json::parse(*text, token_bytes, json::Numbers::any) : refused("not base64url");
  if (!value || !value->is_object()) return refused("not an object in I-JSON");
  return std::move(value->as_object());
}

std::string_view text_in(json::Object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

// NumericDate; a fraction is cut. None where it is absent, and an error where it is no number.
Result<std::optional<UtcTime>> date_in(json::Object const& object, std::string_view name) {
  constexpr double latest = 253'402'300'799;  // the end of the year 9999
  auto const* value = object.if_contains(name);
  if (!value) return std::nullopt;
  double const number = value->is_int64()    ? static_cast<double>(value->get_int64())
                        : value->is_double() ? std::floor(value->get_double())
                                             : -1;
  if (!(number >= 0 && number <= latest)) return refused("a time that is none");
  return std::optional(UtcTime{static_cast<int64_t>(number) * 1'000'000});
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
  static constexpr std::pair<std::string_view, Scopes> known[] = {
      {"utm.strategic_coordination", scope::sc},
      {"utm.constraint_management", scope::cm},
      {"utm.constraint_processing", scope::cp},
      {"utm.conformance_monitoring_sa", scope::sa},
      {"utm.availability_arbitration", scope::aa},
      {"dss.read.identification_service_areas", scope::rid_read},
      {"dss.write.identification_service_areas", scope::rid_write}};
  Scopes all = 0;
  for (size_t at = 0; at < words.size();) {
    size_t const end = std::min(words.find(' ', at), words.size());
    for (auto const& [word, bit] : known)
      if (words.substr(at, end - at) == word) all |= bit;
    at = end + 1;
  }
  return all;
}

Result<UtcTime> check_times(json::Object const& claims, UtcTime now) {
  auto const expires = TRY(date_in(claims, "exp"));
  auto const issued = TRY(date_in(claims, "iat")), not_before = TRY(date_in(claims, "nbf"));
  if (!expires || *expires <= now) return refused("over, or without exp");
  if (*expires > now + hours(1)) return refused("exp is more than an hour ahead");
  UtcTime const latest = now + limits::token_clock_step;
  if ((issued && *issued > latest) || (not_before && *not_before > latest)) return refused("not yet");
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

Result<F3548Token> read_f3548_token(std::string_view text, TokenTrust const& trust, UtcTime now) {
  auto const segments = split(text);
  if (!segments) return refused("not three segments");
  json::Object const head = TRY(object_in(segments->head)), claims = TRY(object_in(segments->claims));
  if (head.contains("crit")) return refused("crit");
  F3548Token token;
  token.subject = std::string(text_in(claims, "sub"));
  bool const sound =
      !token.subject.empty() && token.subject.size() <= limits::subject_bytes &&
      std::ranges::none_of(token.subject, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (!sound || text_in(claims, "iss").empty()) return refused("without sub or iss");
  if (!is_for(claims, trust.audiences)) return refused("for another audience");
  token.expires = TRY(check_times(claims, now));
  auto const signature = crypto::from_base64url(segments->signature);
  if (!signature) return refused("a signature that is not base64url");
  auto const signed_text = text.substr(0, segments->head.size() + 1 + segments->claims.size());
  if (!is_signed(head, trust, {signed_text, *signature})) return refused("signed by no key of the issuers");
  token.scopes = scopes_in(text_in(claims, "scope"));
  return token;
}

}  // namespace comity::forms
