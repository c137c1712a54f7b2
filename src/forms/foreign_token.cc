#include "forms/foreign_token.h"

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "crypto/base64.h"
#include "json/json.h"

namespace comity::forms {
namespace {

constexpr int64_t second = seconds(1).us;
constexpr size_t longest_id = 128;

std::unexpected<Error> refused(std::string why) { return fail(ErrorCode::unauthenticated, std::move(why)); }

struct Segments {
  std::string_view head, claims, signature;
};
std::optional<Segments> split(std::string_view token) {
  if (token.size() > limits::token_bytes) return std::nullopt;
  size_t const first = token.find('.'), last = token.rfind('.');
  if (first == token.npos || first == last) return std::nullopt;
  return Segments{token.substr(0, first), token.substr(first + 1, last - first - 1), token.substr(last + 1)};
}

Result<json::Object> object_in(std::string_view segment) {
  auto const text = crypto::from_base64url(segment);
  auto value = text ? json::parse(*text, limits::token_bytes, json::Numbers::any) : refused("not base64url");
  if (!value || !value->is_object()) return refused("not an object in I-JSON");
  return std::move(value->as_object());
}

// A claim of visible text; an absent one is empty.
Result<std::string> text_in(json::Object const& object, std::string_view name, size_t most) {
  auto const* value = object.if_contains(name);
  if (!value) return std::string();
  auto const* text = value->if_string();
  bool const plain = text && !text->empty() && text->size() <= most &&
                     std::ranges::none_of(*text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (!plain) return refused(std::string(name) + " is not text of the length it may have");
  return std::string(std::string_view(*text));
}

// NumericDate: seconds, of which fractions are cut.
Result<std::optional<UtcTime>> date_in(json::Object const& object, std::string_view name) {
  constexpr int64_t latest = 253'402'300'799;  // the end of the year 9999
  auto const* value = object.if_contains(name);
  if (!value) return std::optional<UtcTime>();
  double const number = value->is_int64()    ? static_cast<double>(value->get_int64())
                        : value->is_double() ? std::floor(value->get_double())
                                             : -1;
  if (!(number >= 0 && number <= static_cast<double>(latest)))
    return refused(std::string(name) + " is no time");
  return std::optional(UtcTime{static_cast<int64_t>(number) * second});
}

Result<void> read_head(std::string_view segment, ForeignToken& token) {
  json::Object const head = TRY(object_in(segment));
  std::string const algorithm = TRY(text_in(head, "alg", longest_id));
  if (algorithm == "RS256")
    token.algorithm = model::TokenAlgorithm::rs256;
  else if (algorithm == "ES256")
    token.algorithm = model::TokenAlgorithm::es256;
  else if (algorithm == "EdDSA")
    token.algorithm = model::TokenAlgorithm::eddsa;
  else
    return refused("alg is none of RS256, ES256, EdDSA");
  if (head.contains("crit")) return refused("crit");
  token.key_name = TRY(text_in(head, "kid", limits::name_bytes));
  return {};
}

bool is_for(json::Object const& claims, std::string_view audience) {
  auto const* value = claims.if_contains("aud");
  if (!value) return false;
  if (auto const* list = value->if_array())
    return list->size() == 1 && list->front().is_string() &&
           std::string_view(list->front().get_string()) == audience;
  return value->is_string() && std::string_view(value->get_string()) == audience;
}

Result<void> read_times(json::Object const& claims, UtcTime now, ForeignToken& token) {
  auto const issued = TRY(date_in(claims, "iat")), expires = TRY(date_in(claims, "exp")),
             not_before = TRY(date_in(claims, "nbf"));
  UtcTime const latest = now + limits::token_clock_step;
  if (!issued || !expires) return refused("without iat or exp");
  if (*issued > latest) return refused("iat is in the future");
  if (not_before && *not_before > latest) return refused("nbf is in the future");
  if (*expires <= now) return refused("over");
  if (*expires > latest + limits::issuer_token_life) return refused("exp is too far ahead");
  token.issued = *issued, token.expires = *expires;
  return {};
}

void add_words(std::string_view text, std::vector<std::string>& words) {
  for (size_t at = 0; at < text.size();) {
    size_t const end = std::min(text.find(' ', at), text.size());
    if (end > at) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
}

// What narrows a token must not be passed over for its form.
Result<void> read_scope(json::Object const& claims, std::string_view name, ForeignToken& token) {
  auto const* value = claims.if_contains(name);
  if (!value) return {};
  token.has_scope = true;
  auto const* list = value->if_array();
  for (json::Value const& one : list ? *list : json::Array{*value}) {
    if (!one.is_string()) return refused(std::string(name) + " is neither text nor a list of texts");
    add_words(one.get_string(), token.scope);
  }
  return {};
}

Result<void> read_claims(json::Object const& claims, ForeignToken& token) {
  token.issuer = TRY(text_in(claims, "iss", limits::name_bytes));
  token.subject = TRY(text_in(claims, "sub", limits::name_bytes));
  token.id = TRY(text_in(claims, claims.contains("jti") ? "jti" : "uti", longest_id));
  token.office = TRY(text_in(claims, "office", limits::name_bytes));
  if (token.issuer.empty() || token.subject.empty() || token.id.empty())
    return refused("without iss, sub or an id");
  TRY_VOID(read_scope(claims, "scope", token));
  TRY_VOID(read_scope(claims, "scp", token));
  if (token.scope.size() > limits::token_scope_words) return refused("too many words in scope");
  return {};
}

}  // namespace

std::optional<model::Rights> ForeignToken::rights() const {
  if (!has_scope) return std::nullopt;
  model::Rights given = 0;
  for (std::string const& word : scope) {
    if (word == "read") given |= model::right::read;
    if (word == "contribute") given |= model::right::contribute;
    if (word == "file") given |= model::right::file;
    if (word == "acknowledge") given |= model::right::acknowledge;
  }
  return given;
}

Result<ForeignToken> read_foreign_token(std::string_view text, std::string_view audience, UtcTime now) {
  auto const segments = split(text);
  if (!segments) return refused("not three segments");
  ForeignToken token;
  TRY_VOID(read_head(segments->head, token));
  json::Object const claims = TRY(object_in(segments->claims));
  TRY_VOID(read_claims(claims, token));
  if (!is_for(claims, audience)) return refused("for another audience");
  TRY_VOID(read_times(claims, now, token));
  token.signed_text = text.substr(0, segments->head.size() + 1 + segments->claims.size());
  auto signature = crypto::from_base64url(segments->signature);
  if (!signature) return refused("a signature that is not base64url");
  token.signature = std::move(*signature);
  return token;
}

std::string issuer_said(std::string_view token) {
  auto const segments = split(token);
  auto const claims = segments ? object_in(segments->claims) : refused("");
  return claims ? text_in(*claims, "iss", limits::name_bytes).value_or("") : std::string();
}

}  // namespace comity::forms
