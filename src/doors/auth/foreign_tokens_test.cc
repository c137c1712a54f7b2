// Tokens of other issuers (25-isolation C5, C6): for whom each speaks, and everything that makes one nobody's. The tokens are
// real ones, signed here with Ed25519; those of other algorithms are in crypto/token_key_test.cc and tests/conformance.
#include <future>

#include "centre_fixture.h"
#include "crypto/base64.h"
#include "crypto/token_key.h"
#include "doors/auth/authenticator.h"

namespace comity::auth {
namespace {

using model::CommandKind;
constexpr char ru_login[] = "https://login.example/ru";

crypto::SecretKey key_of(char which) { return crypto::SecretKey::from_seed(Bytes(32, which)).value(); }

model::TokenKey token_key(char which, std::string name = {}) {
  auto const key = crypto::token_key_of_ed25519(key_of(which).public_key().view()).value();
  return {crypto::token_key_id(key.algorithm, key.der), std::move(name), model::TokenAlgorithm::eddsa,
          key.der};
}

class ForeignTokens : public testing::Test {
 protected:
  ForeignTokens() {
    world_.party("ru", {"general-staff", "mfa"});
    world_.party("iq", {"defence"});
    enrol("ru", "ru/general-staff", {token_key('r', "k1")});
    allow("ru");
    client("ru/general-staff", "machine-17");
  }

  void enrol(std::string const& party, std::string const& office, std::vector<model::TokenKey> keys,
             std::vector<std::string> offices = {}, model::Rights rights = model::right::read) {
    world_.send(
        world_.prepare(world_.duty(office), CommandKind::register_issuer,
                       commands::RegisterIssuer{"login", ru_login, offices, rights, std::move(keys)}));
    parties_[party] = office;
  }
  void allow(std::string const& party, std::string const& allowed = "yes") {
    world_.act("hosting/operations", "first", CommandKind::allow_issuer,
               commands::AllowIssuer{party + "/login", ru_login, allowed == "yes"},
               {{"issuer", party + "/login"}, {"url", ru_login}, {"allowed", allowed}});
  }
  void client(std::string const& office, std::string const& subject, std::string const& slug = "siem") {
    world_.send(
        world_.prepare(world_.duty(office), CommandKind::register_client,
                       commands::RegisterClient{office, slug, model::right::read | model::right::contribute,
                                                "login", subject}));
  }

  int64_t now() { return world_.clock.now().us / seconds(1).us; }
  json::Object claims() {
    return {{"iss", ru_login},    {"sub", "machine-17"}, {"aud", "test.example"},
            {"exp", now() + 600}, {"iat", now()},        {"jti", "t-1"}};
  }
  static std::string token_of(std::string const& head, std::string const& body, char key) {
    std::string const text = crypto::to_base64url(head) + "." + crypto::to_base64url(body);
    return text + "." + crypto::to_base64url(key_of(key).sign(text).view());
  }
  std::string token(json::Object const& body, char key = 'r',
                    std::string const& head = R"({"alg":"EdDSA","kid":"k1"})") {
    return token_of(head, json::write(body), key);
  }
  std::string with(char const* claim, json::Value const& value) {
    json::Object changed = claims();
    if (value.is_null())
      changed.erase(claim);
    else
      changed[claim] = value;
    return token(changed);
  }

  Outcome ask(std::string const& text, std::string const& office = "") {
    http::Request request;
    request.headers.add("Authorization", "Bearer " + text);
    if (!office.empty()) request.headers.add("Comity-Office", office);
    request.peer = "192.0.2.1";
    std::promise<Outcome> promise;
    authenticator_.authenticate(request, [&](Outcome&& outcome) { promise.set_value(std::move(outcome)); });
    return promise.get_future().get();
  }
  std::string who(std::string const& text, std::string const& office = "") {
    auto const outcome = ask(text, office);
    if (!outcome) return "denied " + std::to_string(status_of(outcome.error()));
    return world_.centre().read([&](sequencer::Glimpse const& glimpse) {
      return glimpse.state.law.clients[outcome->actor.key].name;
    });
  }
  model::Rights rights_of(std::string const& text) {
    auto const outcome = ask(text);
    EXPECT_TRUE(outcome);
    return world_.centre().read([&](sequencer::Glimpse const& glimpse) {
      return viewer_now(glimpse.state, *outcome, world_.clock.now())->rights;
    });
  }

  tests::TestCentre world_;
  Authenticator authenticator_{world_.centre()};
  std::map<std::string, std::string> parties_;
};

TEST_F(ForeignTokens, ATokenSpeaksForTheClientOfItsSubject) {
  EXPECT_EQ(who(token(claims())), "ru/general-staff/siem");
  EXPECT_EQ(who(token(claims()), "ru/general-staff"), "ru/general-staff/siem");
  EXPECT_EQ(who(token(claims()), "ru/mfa"), "denied 401");
  EXPECT_EQ(who(with("sub", "machine-18")), "denied 401");
  EXPECT_EQ(who(with("office", "ru/general-staff")), "ru/general-staff/siem");
  EXPECT_EQ(who(with("office", "ru/mfa")), "denied 401");
  EXPECT_EQ(who(with("aud", json::Array{"test.example"})), "ru/general-staff/siem");
  EXPECT_EQ(who(token(claims(), 'r', R"({"alg":"EdDSA"})")), "ru/general-staff/siem")
      << "it need not name a key";
}

TEST_F(ForeignTokens, WhatMakesOneNobodys) {
  struct Case {
    std::string what, text;
  };
  std::string const good = token(claims()), body = json::write(claims());
  std::string const unsigned_text =
      crypto::to_base64url(R"({"alg":"none"})") + "." + crypto::to_base64url(body);
  std::vector<Case> const cases = {
      {"alg none", unsigned_text + "."},
      {"alg none with a signature", token_of(R"({"alg":"none"})", body, 'r')},
      {"alg HS256", token_of(R"({"alg":"HS256","kid":"k1"})", body, 'r')},
      {"another algorithm than the key's", token_of(R"({"alg":"ES256","kid":"k1"})", body, 'r')},
      {"and another", token_of(R"({"alg":"RS256","kid":"k1"})", body, 'r')},
      {"alg in lower case", token_of(R"({"alg":"eddsa","kid":"k1"})", body, 'r')},
      {"no alg", token_of(R"({"kid":"k1"})", body, 'r')},
      {"alg twice", token_of(R"({"alg":"none","alg":"EdDSA"})", body, 'r')},
      {"a kid that it has not", token_of(R"({"alg":"EdDSA","kid":"k2"})", body, 'r')},
      {"a kid that is a path", token_of(R"({"alg":"EdDSA","kid":"../k1"})", body, 'r')},
      {"a kid that is no text", token_of(R"({"alg":"EdDSA","kid":1})", body, 'r')},
      {"crit", token_of(R"({"alg":"EdDSA","kid":"k1","crit":["exp"]})", body, 'r')},
      {"another key", token(claims(), 's')},
      {"a key that it brings", token_of(R"({"alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":")" +
                                            crypto::to_base64url(key_of('s').public_key().view()) + R"("}})",
                                        body, 's')},
      {"no signature", good.substr(0, good.rfind('.') + 1)},
      {"a signature cut short", good.substr(0, good.size() - 4)},
      {"a fourth segment", good + ".x"},
      {"padding", good + "="},
      {"claims that are a list", token_of(R"({"alg":"EdDSA"})", "[]", 'r')},
      {"claims with one name twice", token_of(R"({"alg":"EdDSA"})", R"({"sub":"x",)" + body.substr(1), 'r')},
      {"no iss", with("iss", nullptr)},
      {"another iss", with("iss", "https://login.example/iq")},
      {"iss with a slash more", with("iss", json::Value(std::string(ru_login) + "/"))},
      {"the centre's own iss", with("iss", "test.example")},
      {"no sub", with("sub", nullptr)},
      {"sub that is a number", with("sub", 17)},
      {"no aud", with("aud", nullptr)},
      {"another aud", with("aud", "other.example")},
      {"aud for two", with("aud", json::Array{"test.example", "other.example"})},
      {"aud of nobody", with("aud", json::Array{})},
      {"no exp", with("exp", nullptr)},
      {"over at this second", with("exp", now())},
      {"exp as text", with("exp", json::Value(std::to_string(now() + 600)))},
      {"exp too far ahead", with("exp", now() + 2 * 3600 + 120)},
      {"exp beyond all numbers", token_of(R"({"alg":"EdDSA"})", R"({"exp":1e300,)" + body.substr(1), 'r')},
      {"not yet", with("nbf", now() + 120)},
      {"no iat", with("iat", nullptr)},
      {"issued in the future", with("iat", now() + 120)},
      {"issued before time began", with("iat", -1)},
      {"no jti", with("jti", nullptr)},
      {"jti that is empty", with("jti", "")},
      {"a right that it may not give", with("scope", "read contribute")},
  };
  for (Case const& one : cases) EXPECT_EQ(who(one.text), "denied 401") << one.what;
  EXPECT_EQ(who(good), "ru/general-staff/siem");
}

// A client has the rights that it is registered with, of those that the issuer may give and the token does give.
TEST_F(ForeignTokens, ScopeNarrows) {
  EXPECT_EQ(rights_of(token(claims())), model::right::read) << "contribute is not the issuer's to give";
  enrol("ru", "ru/general-staff", {token_key('r', "k1")}, {}, model::right::read | model::right::contribute);
  EXPECT_EQ(rights_of(token(claims())), model::right::read | model::right::contribute);
  EXPECT_EQ(rights_of(with("scope", "openid contribute")), model::right::contribute);
  EXPECT_EQ(rights_of(with("scope", json::Array{"openid", "read"})), model::right::read);
  EXPECT_EQ(rights_of(with("scp", "read")), model::right::read) << "as other providers call it";
  EXPECT_EQ(rights_of(with("scp", json::Array{"contribute", "offline_access"})), model::right::contribute);
  EXPECT_EQ(who(with("scp", "file")), "denied 401");
  EXPECT_EQ(who(with("scope", json::Array{1})), "denied 401");
  EXPECT_EQ(who(with("scope", "read file")), "denied 401") << "file is not the issuer's to give";
}

// What a token is narrowed to in words that are unknown here is not everything.
TEST_F(ForeignTokens, UnknownWordsGiveNothing) {
  for (char const* claim : {"scope", "scp"})
    for (json::Value const& words :
         {json::Value("openid profile"), json::Value(""), json::Value(json::Array{})})
      EXPECT_EQ(rights_of(with(claim, words)), 0u) << claim << " " << json::write(words);
}

// Entra has no jti.
TEST_F(ForeignTokens, AnIdMayBeCalledUti) {
  json::Object body = claims();
  json::Value const id = body.at("jti");
  body["uti"] = id;
  body.erase("jti");
  auto const outcome = ask(token(body));
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->token_id, "ru/login t-1");
}

// With so many keys one token is tried; a token that names its key is not kept out by them, nor by those of another party.
TEST_F(ForeignTokens, ATokenIsTriedWithFewKeys) {
  std::vector<model::TokenKey> many;
  for (char key = 'A'; many.size() < limits::token_candidates; ++key) many.push_back(token_key(key));
  many.push_back(token_key('r', "k1"));
  enrol("ru", "ru/general-staff", many);
  EXPECT_EQ(who(token(claims(), 'r', R"({"alg":"EdDSA"})")), "denied 401") << "the ninth";
  EXPECT_EQ(who(token(claims())), "ru/general-staff/siem");
  enrol("iq", "iq/defence", {token_key('q')});
  client("iq/defence", "machine-17");
  allow("iq");
  EXPECT_EQ(who(token(claims(), 'q')), "iq/defence/siem");
}

// A check takes what the party's keys cost, on the event loop.
TEST_F(ForeignTokens, ThoseThatDoNotHoldHaveToWait) {
  std::string const good = token(claims()), known = with("jti", "t-2");
  EXPECT_EQ(who(known), "ru/general-staff/siem");
  world_.advance(limits::credential_cache);
  for (uint32_t i = 0; i <= limits::failures_free_tokens; ++i)
    EXPECT_EQ(who(token(claims(), 's')), "denied 401");
  EXPECT_EQ(who(good), "denied 429");
  EXPECT_EQ(who(known), "ru/general-staff/siem") << "what held before is looked at anew, and goes on";
  EXPECT_EQ(authenticator_.throttled().addresses, 1u);
  world_.advance(seconds(1));
  EXPECT_EQ(who(good), "ru/general-staff/siem");
}

// What the token does not give, no command has either.
TEST_F(ForeignTokens, ACommandHasNoMoreThanTheToken) {
  enrol("ru", "ru/general-staff", {token_key('r', "k1")}, {}, model::right::read | model::right::contribute);
  auto const reading = ask(with("scope", "read")), writing = ask(with("scope", "contribute"));
  ASSERT_TRUE(reading && writing);
  commands::DeleteItem const body{"ru.nothing", {}, {}};
  auto const reason = [&](Outcome const& outcome) {
    auto const answer = world_.ask(world_.prepare(outcome->author(), CommandKind::delete_item, body));
    return std::string(model::name_of(answer.ruling.reasons[0].code));
  };
  EXPECT_EQ(reason(reading), "not_permitted");
  EXPECT_NE(reason(writing), "not_permitted");
}

// C5: two states each name an issuer. Neither signs for the other, also under one URL and one subject.
TEST_F(ForeignTokens, C5_IssuersOfTwoParties) {
  enrol("iq", "iq/defence", {token_key('q', "k1")});
  client("iq/defence", "machine-17");
  EXPECT_EQ(who(token(claims(), 'q')), "denied 401") << "not allowed by the host yet";
  allow("iq");
  EXPECT_EQ(who(token(claims(), 'q')), "iq/defence/siem");
  EXPECT_EQ(who(token(claims(), 'r')), "ru/general-staff/siem");
  EXPECT_EQ(who(token(claims(), 'q'), "ru/general-staff"), "denied 401");
  json::Object for_ru = claims();
  for_ru["office"] = "ru/general-staff";
  EXPECT_EQ(who(token(for_ru, 'q')), "denied 401");
}

// One provider that both trust, one subject that both have: nobody's, unless it is said whose. So neither is led into the
// other's office, whoever registered it first.
TEST_F(ForeignTokens, OneKeyOfTwoPartiesSpeaksForWhomTheTokenNames) {
  enrol("iq", "iq/defence", {token_key('r', "k1")});
  client("iq/defence", "machine-17");
  allow("iq");
  EXPECT_EQ(who(token(claims())), "denied 401");
  EXPECT_EQ(who(token(claims()), "ru/general-staff"), "ru/general-staff/siem");
  EXPECT_EQ(who(token(claims()), "iq/defence"), "iq/defence/siem");
  EXPECT_EQ(who(with("office", "ru/general-staff")), "ru/general-staff/siem");
}

TEST_F(ForeignTokens, AnIssuerSpeaksForTheOfficesThatItIsGiven) {
  client("ru/mfa", "machine-18", "other");
  EXPECT_EQ(who(with("sub", "machine-18")), "ru/mfa/other");
  enrol("ru", "ru/general-staff", {token_key('r', "k1")}, {"ru/general-staff"});
  EXPECT_EQ(who(with("sub", "machine-18")), "denied 401");
  EXPECT_EQ(who(token(claims())), "ru/general-staff/siem");
}

// What was verified a moment ago ends at the record that ends its key, its issuer, its client, the host's word, itself.
TEST_F(ForeignTokens, RevocationEndsWhatWasVerified) {
  std::string const text = token(claims());
  auto const held = ask(text);
  ASSERT_TRUE(held);
  auto const holds = [&] {
    return world_.centre().read([&](sequencer::Glimpse const& glimpse) {
      return viewer_now(glimpse.state, *held, world_.clock.now()).has_value();
    });
  };
  EXPECT_TRUE(holds());
  enrol("ru", "ru/general-staff", {token_key('s', "k1")});  // a key that ends
  EXPECT_FALSE(holds()) << "also for a request on its way";
  EXPECT_EQ(who(text), "denied 401");
  EXPECT_EQ(who(token(claims(), 's')), "ru/general-staff/siem");
  enrol("ru", "ru/general-staff", {token_key('r', "k1")});
  EXPECT_EQ(who(text), "ru/general-staff/siem");
  allow("ru", "no");
  EXPECT_EQ(who(text), "denied 401");
  allow("ru");
  EXPECT_EQ(who(text), "ru/general-staff/siem");
  world_.send(
      world_.prepare(world_.duty("ru/mfa"), CommandKind::revoke_issuer, commands::RevokeIssuer{"ru/login"}));
  EXPECT_EQ(who(text), "denied 401");
  // Registered and allowed anew: what was issued before stays ended.
  world_.advance(seconds(5));
  enrol("ru", "ru/general-staff", {token_key('r', "k1")});
  allow("ru");
  EXPECT_EQ(who(text), "denied 401");
  EXPECT_EQ(who(token(claims())), "ru/general-staff/siem");
}

// C6: one token alone, by its jti; that of another issuer with the same jti is another.
TEST_F(ForeignTokens, C6_TokenTheft) {
  enrol("iq", "iq/defence", {token_key('q', "k1")});
  client("iq/defence", "machine-17");
  allow("iq");
  std::string const stolen = token(claims()), of_iq = token(claims(), 'q');
  EXPECT_EQ(who(stolen), "ru/general-staff/siem");
  sequencer::Tools const of_ru_admin(world_.centre(), world_.duty("ru/mfa"));
  sequencer::Tools const of_iq_admin(world_.centre(), world_.duty("iq/defence"));
  EXPECT_FALSE(of_iq_admin.read_token(stolen)) << "it speaks for nobody of iq";
  auto const named = of_ru_admin.read_token(stolen);
  ASSERT_TRUE(named);
  EXPECT_EQ(named->user, "ru/general-staff/siem");
  world_.send(world_.prepare(world_.duty("ru/mfa"), CommandKind::revoke_token,
                             commands::RevokeToken{named->id, named->user}));
  EXPECT_EQ(who(stolen), "denied 401");
  EXPECT_EQ(who(of_iq), "iq/defence/siem");
  EXPECT_EQ(who(with("jti", "t-2")), "ru/general-staff/siem");
  world_.advance(minutes(11));
  EXPECT_EQ(who(with("exp", now() - 60)), "denied 401");
  EXPECT_EQ(who(of_iq), "denied 401") << "over";
}

TEST_F(ForeignTokens, ARevokedClientHasNone) {
  std::string const text = token(claims());
  EXPECT_EQ(who(text), "ru/general-staff/siem");
  world_.send(world_.prepare(world_.duty("ru/mfa"), CommandKind::revoke_client,
                             commands::RevokeClient{"ru/general-staff/siem"}));
  EXPECT_EQ(who(text), "denied 401");
}

}  // namespace
}  // namespace comity::auth
