#include "crypto/jwt.h"

#include <jwt.h>

#include <cstdlib>
#include <memory>

#include "base/ensure.h"
#include "base/limits.h"
#include "crypto/base64.h"

namespace comity::crypto {
namespace {

struct Free {
  void operator()(jwt_t* token) const { jwt_free(token); }
  void operator()(char* text) const { std::free(text); }
};
using Token = std::unique_ptr<jwt_t, Free>;
using Text = std::unique_ptr<char, Free>;

constexpr int64_t second = seconds(1).us;

auto const* octets(std::string const& pem) { return reinterpret_cast<unsigned char const*>(pem.data()); }

std::unexpected<Error> refused() { return fail(ErrorCode::unauthenticated, "the token does not hold"); }

Result<void> check_claims(IssuerKey const& key, Claims const& claims) {
  for (auto const* text : {&claims.subject, &claims.jti, &claims.scope, &claims.office}) {
    if (text->contains('\0')) return fail(ErrorCode::bad_input, "a claim with a NUL in it");
  }
  if (claims.issuer != key.issuer || claims.audience != key.audience) {
    return fail(ErrorCode::bad_input, "claims of another issuer or audience");
  }
  if (claims.issuer.empty() || claims.audience.empty() || claims.subject.empty() || claims.jti.empty()) {
    return fail(ErrorCode::bad_input, "claims without issuer, audience, subject or jti");
  }
  if (claims.issued.us < 0 || claims.expires.us / second <= claims.issued.us / second ||
      claims.expires - claims.issued > limits::token_life) {
    return fail(ErrorCode::bad_input, "a life of the token that is empty or too long");
  }
  return {};
}

// Three segments, each the only text of its octets; the signature as long as ES256 makes it.
bool has_form(std::string_view token) {
  if (token.size() > limits::token_bytes) return false;
  size_t const first = token.find('.'), last = token.rfind('.');
  if (first == token.npos || first == last) return false;
  auto const signature = from_base64url(token.substr(last + 1));
  return from_base64url(token.substr(0, first)) &&
         from_base64url(token.substr(first + 1, last - first - 1)) && signature && signature->size() == 64;
}

// What the header says, read without belief: only that it is the header of a token this key could have signed.
bool claims_es256(std::string const& token) {
  jwt_t* decoded = nullptr;
  if (jwt_decode(&decoded, token.c_str(), nullptr, 0) != 0) return false;
  Token const unverified(decoded);
  Text const critical(jwt_get_headers_json(unverified.get(), "crit"));
  char const* algorithm = jwt_get_header(unverified.get(), "alg");
  return algorithm && std::string_view(algorithm) == "ES256" && !critical;
}

std::string text_claim(Token const& token, char const* name) {
  char const* text = jwt_get_grant(token.get(), name);
  return text ? text : "";
}

}  // namespace

Result<std::string> issue(IssuerKey const& key, Claims const& claims) {
  TRY_VOID(check_claims(key, claims));
  jwt_t* made = nullptr;
  ensure(jwt_new(&made) == 0);
  Token const token(made);
  int failed = 0;
  auto const add = [&](char const* name, std::string const& text) {
    failed |= jwt_add_grant(token.get(), name, text.c_str());
  };
  add("iss", claims.issuer), add("sub", claims.subject), add("aud", claims.audience), add("jti", claims.jti);
  add("scope", claims.scope), add("office", claims.office);
  failed |= jwt_add_grant_int(token.get(), "iat", claims.issued.us / second);
  failed |= jwt_add_grant_int(token.get(), "exp", claims.expires.us / second);
  if (failed) return fail(ErrorCode::bad_input, "a claim that is not UTF-8");
  std::string const& pem = key.key.private_pem.text();
  ensure(jwt_set_alg(token.get(), JWT_ALG_ES256, octets(pem), static_cast<int>(pem.size())) == 0);
  Text const text(jwt_encode_str(token.get()));
  if (!text) return fail(ErrorCode::corrupt, "the issuer's key does not sign");
  std::string signed_token = text.get();
  if (signed_token.size() > limits::token_bytes)
    return fail(ErrorCode::too_large, "claims too long for a token");
  return signed_token;
}

Result<Claims> verify(IssuerKey const& key, std::string_view token, UtcTime now) {
  std::string const text(token);
  if (!has_form(token) || !claims_es256(text)) return refused();
  std::string const& pem = key.key.public_pem;
  jwt_t* decoded = nullptr;
  if (jwt_decode(&decoded, text.c_str(), octets(pem), static_cast<int>(pem.size())) != 0) return refused();
  Token const verified(decoded);
  if (jwt_get_alg(verified.get()) != JWT_ALG_ES256) return refused();

  int64_t const issued = jwt_get_grant_int(verified.get(), "iat");
  int64_t const expires = jwt_get_grant_int(verified.get(), "exp");
  int64_t const latest = (now + limits::token_clock_step).us / second;
  if (issued < 0 || issued > latest || expires <= issued ||
      expires > issued + limits::token_life.us / second) {
    return refused();
  }
  Claims claims{.issuer = text_claim(verified, "iss"),
                .subject = text_claim(verified, "sub"),
                .audience = text_claim(verified, "aud"),
                .jti = text_claim(verified, "jti"),
                .issued = {issued * second},
                .expires = {expires * second},
                .scope = text_claim(verified, "scope"),
                .office = text_claim(verified, "office")};
  if (!check_claims(key, claims)) return refused();
  if (now >= claims.expires) return fail(ErrorCode::unauthenticated, "the token has expired");
  return claims;
}

}  // namespace comity::crypto
