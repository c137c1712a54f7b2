// What an ID token has to say before anybody asks who signed it (OpenID Connect Core 1.0, 3.1.3.7). The signature is another room's.
#include "forms/id_token.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "crypto/base64.h"
#include "json/json.h"

namespace comity::forms {
namespace {

constexpr UtcTime now{1'767'225'600'000'000};
constexpr IdTokenWanted wanted{"https://login.example/ru", "comity", "n-1", now - seconds(30), now};
constexpr int64_t second = 1'767'225'600;

json::Object claims() {
  return {{"iss", "https://login.example/ru"},
          {"sub", "8f3a61"},
          {"aud", "comity"},
          {"exp", second + 300},
          {"iat", second - 1},
          {"nonce", "n-1"}};
}
std::string token(json::Object const& body, std::string const& head = R"({"alg":"ES256","kid":"k1"})") {
  return crypto::to_base64url(head) + "." + crypto::to_base64url(json::write(body)) + ".AAAA";
}
std::string with(char const* claim, json::Value const& value) {
  json::Object changed = claims();
  if (value.is_null())
    changed.erase(claim);
  else
    changed[claim] = value;
  return token(changed);
}
bool is_read(std::string const& text) {
  auto const read = read_id_token(text, wanted);
  if (!read) EXPECT_EQ(read.error().code, ErrorCode::unauthenticated);
  return read.has_value();
}

TEST(IdToken, SaysWhoSignedIn) {
  std::string const text = token(claims());
  auto const read = read_id_token(text, wanted);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->subject, "8f3a61");
  EXPECT_EQ(read->key_name, "k1");
  EXPECT_EQ(read->algorithm, model::TokenAlgorithm::es256);
  EXPECT_EQ(read->signed_text, text.substr(0, text.rfind('.')));
}

TEST(IdToken, WhoItIsFor) {
  EXPECT_TRUE(is_read(with("aud", json::Array{"comity"})));
  EXPECT_TRUE(is_read(with("azp", "comity")));
  EXPECT_FALSE(is_read(with("azp", "another")));
  json::Object several = claims();
  several["aud"] = json::Array{"comity", "another"};
  EXPECT_FALSE(is_read(token(several))) << "whose it is has to be said";
  several["azp"] = "comity";
  EXPECT_TRUE(is_read(token(several)));
  several["azp"] = "another";
  EXPECT_FALSE(is_read(token(several)));
  for (json::Value const& wrong :
       {json::Value(nullptr), json::Value("Comity"), json::Value("comity "), json::Value(json::Array{}),
        json::Value(json::Array{"another"}), json::Value(7), json::Value(json::Object{{"comity", 1}})})
    EXPECT_FALSE(is_read(with("aud", wrong)));
}

TEST(IdToken, WhatMakesOneNobodys) {
  struct Case {
    char const* claim;
    json::Value value;
  };
  std::string const too_long(limits::name_bytes + 1, 'a');
  Case const cases[] = {{"iss", nullptr},
                        {"iss", "https://login.example/ru/"},
                        {"iss", "https://login.example/iq"},
                        {"sub", nullptr},
                        {"sub", ""},
                        {"sub", 17},
                        {"sub", json::Value(std::string_view(too_long))},
                        {"nonce", nullptr},
                        {"nonce", "n-2"},
                        {"nonce", ""},
                        {"exp", nullptr},
                        {"exp", second},
                        {"exp", second - 1},
                        {"exp", "2099"},
                        {"exp", second + 2 * 86'400},
                        {"iat", nullptr},
                        {"iat", second + 61},
                        {"iat", second - 30 - 61},
                        {"nbf", second + 61}};
  for (Case const& one : cases) EXPECT_FALSE(is_read(with(one.claim, one.value))) << one.claim << one.value;
  EXPECT_TRUE(is_read(with("iat", second + 59))) << "a provider whose clock is ahead";
  EXPECT_TRUE(is_read(with("iat", second - 30 - 59))) << "and one whose clock is behind";
}

TEST(IdToken, HeadsThatAreNone) {
  for (char const* head :
       {R"({"alg":"none"})", R"({"alg":"HS256"})", R"({"alg":"PS256"})", R"({"alg":"es256"})",
        R"({"kid":"k1"})", R"({"alg":"none","alg":"ES256"})", R"({"alg":"ES256","crit":["b64"]})", R"([])"})
    EXPECT_FALSE(is_read(token(claims(), head))) << head;
  EXPECT_FALSE(is_read(""));
  EXPECT_FALSE(is_read(token(claims()) + ".AAAA"));
  EXPECT_FALSE(is_read(token(claims()).substr(1)));
  json::Object large = claims();
  large["more"] = json::Value(std::string_view(std::string(limits::id_token_bytes, 'a')));
  EXPECT_FALSE(is_read(token(large)));
}

TEST(IdToken, InWhatAnEndpointAnswers) {
  auto const in = [](std::string const& text) { return id_token_in(text).value_or("none"); };
  EXPECT_EQ(in(R"({"access_token":"a","token_type":"Bearer","expires_in":300,"id_token":"x.y.z"})"), "x.y.z");
  EXPECT_EQ(in(R"({"token_type":"bearer","id_token":"x.y.z"})"), "x.y.z");
  for (char const* wrong :
       {"", "{}", "[]", "x.y.z", R"({"id_token":"x.y.z"})", R"({"token_type":"Bearer"})",
        R"({"token_type":"mac","id_token":"x.y.z"})", R"({"token_type":"Bearer","id_token":7})",
        R"({"token_type":"Bearer","id_token":"x.y.z","id_token":"a.b.c"})"})
    EXPECT_EQ(in(wrong), "none") << wrong;
}

}  // namespace
}  // namespace comity::forms
