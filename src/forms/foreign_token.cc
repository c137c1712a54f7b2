#include "forms/foreign_token.h"

#include <algorithm>

#include "base/limits.h"
#include "forms/compact_token.h"

namespace comity::forms {
namespace {

constexpr size_t longest_id = 128;

bool is_for(json::Object const& claims, std::string_view audience) {
  auto const* value = claims.if_contains("aud");
  if (!value) return false;
  if (auto const* list = value->if_array())
    return list->size() == 1 && list->front().is_string() &&
           std::string_view(list->front().get_string()) == audience;
  return value->is_string() && std::string_view(value->get_string()) == audience;
}

Result<void> read_times(json::Object const& claims, UtcTime now, ForeignToken& token) {
  auto const issued = TRY(date_claim(claims, "iat")), expires = TRY(date_claim(claims, "exp")),
             not_before = TRY(date_claim(claims, "nbf"));
  UtcTime const latest = now + limits::token_clock_step;
  if (!issued || !expires) return no_token("without iat or exp");
  if (*issued > latest) return no_token("iat is in the future");
  if (not_before && *not_before > latest) return no_token("nbf is in the future");
  if (*expires <= now) return no_token("over");
  if (*expires > latest + limits::issuer_token_life) return no_token("exp is too far ahead");
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
    if (!one.is_string()) return no_token(std::string(name) + " is neither text nor a list of texts");
    add_words(one.get_string(), token.scope);
  }
  return {};
}

Result<void> read_claims(json::Object const& claims, ForeignToken& token) {
  token.issuer = TRY(text_claim(claims, "iss", limits::name_bytes));
  token.subject = TRY(text_claim(claims, "sub", limits::name_bytes));
  token.id = TRY(text_claim(claims, claims.contains("jti") ? "jti" : "uti", longest_id));
  token.office = TRY(text_claim(claims, "office", limits::name_bytes));
  if (token.issuer.empty() || token.subject.empty() || token.id.empty())
    return no_token("without iss, sub or an id");
  TRY_VOID(read_scope(claims, "scope", token));
  TRY_VOID(read_scope(claims, "scp", token));
  if (token.scope.size() > limits::token_scope_words) return no_token("too many words in scope");
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
  constexpr Scopes files = scope::sc | scope::cm | scope::sa | scope::aa;
  Scopes const utm = utm_scopes();
  if ((utm & (files | scope::cp)) != 0) given |= model::right::read;
  if ((utm & files) != 0) given |= model::right::file;
  return given;
}

Scopes ForeignToken::utm_scopes() const {
  Scopes all = 0;
  for (std::string const& word : scope) all |= scope_of(word);
  return all;
}

Result<ForeignToken> read_foreign_token(std::string_view text, std::string_view audience, UtcTime now) {
  auto compact = TRY(read_compact_token(text, limits::token_bytes));
  ForeignToken token;
  SigningHead head = TRY(read_signing_head(compact.head));
  token.algorithm = head.algorithm, token.key_name = std::move(head.key_name);
  TRY_VOID(read_claims(compact.claims, token));
  std::string_view const host = audience.substr(0, audience.find('/'));
  bool const is_ours =
      is_for(compact.claims, audience) || (token.utm_scopes() != 0 && is_for(compact.claims, host));
  if (!is_ours) return no_token("for another audience");
  TRY_VOID(read_times(compact.claims, now, token));
  token.signed_text = compact.signed_text;
  token.signature = std::move(compact.signature);
  return token;
}

std::string issuer_said(std::string_view token) {
  auto const compact = read_compact_token(token, limits::token_bytes);
  return compact ? text_claim(compact->claims, "iss", limits::name_bytes).value_or("") : std::string();
}

}  // namespace comity::forms
