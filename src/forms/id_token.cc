#include "forms/id_token.h"

#include <algorithm>

#include "base/limits.h"
#include "forms/compact_token.h"

namespace comity::forms {
namespace {

bool same_word(std::string_view a, std::string_view b) {
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// OpenID Connect Core 1.0, 3.1.3.7, steps 3 to 5.
Result<void> read_audience(json::Object const& claims, std::string_view client_id) {
  auto const* value = claims.if_contains("aud");
  if (!value) return no_token("without aud");
  json::Array const one{*value};
  json::Array const& all = value->is_array() ? value->get_array() : one;
  bool const is_ours = std::ranges::any_of(all, [&](json::Value const& each) {
    return each.is_string() && std::string_view(each.get_string()) == client_id;
  });
  if (!is_ours) return no_token("for another client");
  std::string const party = TRY(text_claim(claims, "azp", limits::openid_client_bytes));
  if (all.size() > 1 && party.empty()) return no_token("for several, and azp does not say whose");
  if (!party.empty() && party != client_id) return no_token("azp is another client");
  return {};
}

// Steps 9 and 10, and `nbf` of RFC 7519.
Result<UtcTime> read_times(json::Object const& claims, IdTokenWanted const& wanted) {
  auto const issued = TRY(date_claim(claims, "iat")), expires = TRY(date_claim(claims, "exp")),
             not_before = TRY(date_claim(claims, "nbf"));
  UtcTime const latest = wanted.now + limits::token_clock_step;
  if (!issued || !expires) return no_token("without iat or exp");
  if (*issued > latest) return no_token("iat is in the future");
  if (*issued + limits::token_clock_step < wanted.begun) return no_token("from before the login");
  if (not_before && *not_before > latest) return no_token("nbf is in the future");
  if (*expires <= wanted.now) return no_token("over");
  if (*expires > latest + limits::id_token_life) return no_token("exp is too far ahead");
  return *issued;
}

}  // namespace

Result<IdToken> read_id_token(std::string_view text, IdTokenWanted const& wanted) {
  auto compact = TRY(read_compact_token(text, limits::id_token_bytes));
  SigningHead head = TRY(read_signing_head(compact.head));
  if (TRY(text_claim(compact.claims, "iss", limits::name_bytes)) != wanted.issuer)  // step 2
    return no_token("of another issuer");
  TRY_VOID(read_audience(compact.claims, wanted.client_id));
  if (TRY(text_claim(compact.claims, "nonce", limits::name_bytes)) != wanted.nonce)  // step 11
    return no_token("of another login");
  IdToken token;
  token.algorithm = head.algorithm, token.key_name = std::move(head.key_name);
  token.issued = TRY(read_times(compact.claims, wanted));
  token.subject = TRY(text_claim(compact.claims, "sub", limits::name_bytes));
  if (token.subject.empty()) return no_token("without sub");
  token.signed_text = compact.signed_text;
  token.signature = std::move(compact.signature);
  return token;
}

Result<std::string> id_token_in(BytesView answer) {
  auto const document = json::parse(answer, limits::openid_answer_bytes, json::Numbers::any);
  if (!document || !document->is_object()) return no_token("the answer is no object in I-JSON");
  json::Object const& object = document->get_object();
  std::string const type = TRY(text_claim(object, "token_type", limits::name_bytes));
  if (!same_word(type, "Bearer")) return no_token("token_type is not Bearer");
  std::string token = TRY(text_claim(object, "id_token", limits::id_token_bytes));
  if (token.empty()) return no_token("without an ID token");
  return token;
}

}  // namespace comity::forms
