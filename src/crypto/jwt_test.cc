#include "crypto/jwt.h"

#include <gtest/gtest.h>
#include <jwt.h>

#include <cstdlib>
#include <functional>

#include "base/limits.h"
#include "crypto/base64.h"
#include "crypto/sha256.h"

namespace comity::crypto {
namespace {

constexpr UtcTime noon{1'446'379'200'000'000};

IssuerKey const& centre() {
  static IssuerKey const key{"centre.example", "centre.example/api", Es256Key::generate()};
  return key;
}

Claims claims() {
  return {.issuer = "centre.example",
          .subject = "client-7",
          .audience = "centre.example/api",
          .jti = "j1",
          .issued = noon,
          .expires = noon + minutes(30),
          .scope = "read contribute",
          .office = "il/general-staff"};
}

std::string token() { return *issue(centre(), claims()); }

ErrorCode verdict(std::string_view text, UtcTime now = noon + minutes(1)) {
  auto const result = verify(centre(), text, now);
  return result ? ErrorCode::io : result.error().code;  // io: it was believed
}

std::string segment(std::string_view text) { return to_base64url(text); }

// A token signed by the centre's own key with claims that issue() would not sign.
std::string signed_anyhow(std::function<void(jwt_t*)> const& fill, jwt_alg_t algorithm = JWT_ALG_ES256,
                          std::string const& key = centre().key.private_pem.text()) {
  jwt_t* jwt = nullptr;
  jwt_new(&jwt);
  jwt_add_grants_json(jwt, R"({"iss":"centre.example","sub":"client-7","aud":"centre.example/api","jti":"j1",
    "iat":1446379200,"exp":1446381000,"scope":"read","office":"il/general-staff"})");
  fill(jwt);
  jwt_set_alg(jwt, algorithm, reinterpret_cast<unsigned char const*>(key.data()),
              static_cast<int>(key.size()));
  char* text = jwt_encode_str(jwt);
  std::string const made = text ? text : "";
  std::free(text);
  jwt_free(jwt);
  return made;
}

TEST(Jwt, WhatWasIssuedIsVerified) {
  EXPECT_EQ(verify(centre(), token(), noon + minutes(1)), claims());
  EXPECT_EQ(token().substr(0, token().find('.')), segment(R"({"alg":"ES256","typ":"JWT"})"));
  EXPECT_EQ(verdict(signed_anyhow([](jwt_t*) {})), ErrorCode::io);
}

TEST(Jwt, HoldsFromIssueUntilExpiry) {
  EXPECT_EQ(verdict(token(), noon), ErrorCode::io);
  EXPECT_EQ(verdict(token(), noon + minutes(30) - microseconds(1)), ErrorCode::io);
  EXPECT_EQ(verdict(token(), noon + minutes(30)), ErrorCode::unauthenticated);
  EXPECT_EQ(verify(centre(), token(), noon + days(9)).error().detail, "the token has expired");
  EXPECT_EQ(verdict(token(), noon - limits::token_clock_step), ErrorCode::io);
  EXPECT_EQ(verdict(token(), noon - limits::token_clock_step - seconds(1)), ErrorCode::unauthenticated);
}

TEST(Jwt, TheAlgorithmBelongsToTheKey) {
  std::string const body =
      segment(R"({"iss":"centre.example","sub":"client-7","aud":"centre.example/api","jti":"j1",)"
              R"("iat":1446379200,"exp":1446381000})");
  std::string const none = segment(R"({"alg":"none","typ":"JWT"})") + "." + body + ".";
  EXPECT_EQ(verdict(none), ErrorCode::unauthenticated);
  EXPECT_EQ(verdict(none + to_base64url(Bytes(64, 'x'))), ErrorCode::unauthenticated);

  // The public key as the secret of an HMAC: libjwt believes this one, if it is asked.
  std::string const message = segment(R"({"alg":"HS256","typ":"JWT"})") + "." + body;
  std::string const confused =
      message + "." + to_base64url(hmac_sha256(centre().key.public_pem, message).view());
  jwt_t* believed = nullptr;
  auto const& pem = centre().key.public_pem;
  ASSERT_EQ(jwt_decode(&believed, confused.c_str(), reinterpret_cast<unsigned char const*>(pem.data()),
                       static_cast<int>(pem.size())),
            0);
  jwt_free(believed);
  EXPECT_EQ(verdict(confused), ErrorCode::unauthenticated);
  for (auto const algorithm : {JWT_ALG_HS256, JWT_ALG_HS384, JWT_ALG_HS512}) {
    EXPECT_EQ(verdict(signed_anyhow([](jwt_t*) {}, algorithm, pem)), ErrorCode::unauthenticated);
  }
}

TEST(Jwt, OtherKeysDoNotSign) {
  auto const other = Es256Key::generate();
  EXPECT_EQ(verdict(signed_anyhow([](jwt_t*) {}, JWT_ALG_ES256, other.private_pem.text())),
            ErrorCode::unauthenticated);
}

TEST(Jwt, TextIsExact) {
  std::string const text = token();
  for (size_t i = 0; i < text.size(); ++i)
    EXPECT_EQ(verdict(text.substr(0, i)), ErrorCode::unauthenticated) << i;
  for (std::string const& other : {text + ".", text + ".x", "." + text, text + "=", text + " ", text + "\n",
                                   " " + text, text + std::string(1, '\0'), std::string("..")}) {
    EXPECT_EQ(verdict(other), ErrorCode::unauthenticated) << other;
  }
  EXPECT_EQ(verdict(std::string(limits::token_bytes + 1, 'A')), ErrorCode::unauthenticated);
}

TEST(Jwt, NoCharacterCanBeChanged) {
  std::string const text = token();
  for (size_t i = 0; i < text.size(); ++i) {
    std::string broken = text;
    broken[i] = broken[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(verdict(broken), ErrorCode::unauthenticated) << i;
  }
}

TEST(Jwt, SignedClaimsAreStillChecked) {
  auto const with = [](char const* json) {
    return verdict(signed_anyhow([&](jwt_t* jwt) { jwt_add_grants_json(jwt, json); }));
  };
  EXPECT_EQ(with(R"({"scope":"read"})"), ErrorCode::io);
  for (auto const* json :
       {R"({"aud":"elsewhere"})", R"({"aud":["centre.example/api"]})", R"({"iss":"other"})", R"({"sub":""})",
        R"({"sub":7})", R"({"jti":""})", R"({"exp":1446379200})", R"({"exp":-1})", R"({"exp":1446390000})",
        R"({"exp":"1446381000"})", R"({"exp":1446381000.5})", R"({"exp":9223372036854775807})",
        R"({"iat":-1})", R"({"iat":9223372036854775807})"}) {
    EXPECT_EQ(with(json), ErrorCode::unauthenticated) << json;
  }
  EXPECT_EQ(verdict(signed_anyhow([](jwt_t* jwt) { jwt_del_grants(jwt, "exp"); })),
            ErrorCode::unauthenticated);
  EXPECT_EQ(verdict(signed_anyhow([](jwt_t* jwt) { jwt_del_grants(jwt, "aud"); })),
            ErrorCode::unauthenticated);
  EXPECT_EQ(verdict(signed_anyhow([](jwt_t* jwt) { jwt_add_headers_json(jwt, R"({"crit":["x"]})"); })),
            ErrorCode::unauthenticated);
}

TEST(Jwt, IssuesOnlyWhatItWouldBelieve) {
  auto const refused = [](auto const& change) {
    Claims changed = claims();
    change(changed);
    auto const made = issue(centre(), changed);
    return made ? ErrorCode::io : made.error().code;
  };
  EXPECT_EQ(refused([](Claims& c) { c.expires = c.issued; }), ErrorCode::bad_input);
  EXPECT_EQ(refused([](Claims& c) { c.expires = c.issued + limits::token_life + seconds(1); }),
            ErrorCode::bad_input);
  EXPECT_EQ(refused([](Claims& c) { c.issued = {-1}; }), ErrorCode::bad_input);
  EXPECT_EQ(refused([](Claims& c) { c.subject = ""; }), ErrorCode::bad_input);
  EXPECT_EQ(refused([](Claims& c) { c.subject = "\xff"; }), ErrorCode::bad_input);
  EXPECT_EQ(refused([](Claims& c) { c.office = std::string("a\0b", 3); }), ErrorCode::bad_input);
  EXPECT_EQ(refused([](Claims& c) { c.audience = "elsewhere"; }), ErrorCode::bad_input);
  EXPECT_EQ(refused([](Claims& c) { c.scope = std::string(5'000, 's'); }), ErrorCode::too_large);
}

TEST(Es256Key, IsReadBackFromItsPrivateHalf) {
  auto const& key = centre().key;
  auto const again = Es256Key::from(key.private_pem);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->public_pem, key.public_pem);
  EXPECT_FALSE(Es256Key::from(SecretText("")));
  EXPECT_FALSE(Es256Key::from(SecretText(key.public_pem)));
  EXPECT_EQ(Es256Key::from(SecretText("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"))
                .error()
                .code,
            ErrorCode::corrupt);
}

}  // namespace
}  // namespace comity::crypto
