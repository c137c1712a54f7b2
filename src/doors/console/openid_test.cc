// Who signs in by a provider (25-isolation C5), and what ends that. ID tokens are real ones, signed here with Ed25519; over sockets, with
// other algorithms and a provider of another program's make, tests/conformance/test_openid.py has it.
#include "centre_fixture.h"
#include "crypto/base64.h"
#include "crypto/token_key.h"
#include "doors/auth/authenticator.h"
#include "doors/console/pass.h"
#include "doors/console/providers.h"
#include "sequencer/signed_in.h"

namespace comity::console {
namespace {

using model::CommandKind;
constexpr char url[] = "https://login.example/realms/all";

crypto::SecretKey key_of(char which) { return crypto::SecretKey::from_seed(Bytes(32, which)).value(); }

model::TokenKey token_key(char which) {
  auto const key = crypto::token_key_of_ed25519(key_of(which).public_key().view()).value();
  return {crypto::token_key_id(key.algorithm, key.der), "k1", model::TokenAlgorithm::eddsa, key.der};
}

// One provider with one URL, which two parties have registered, each with a key of its own; the same subject is a person of each.
class SigningIn : public testing::Test {
 protected:
  SigningIn() {
    world_.party("ru", {"general-staff", "mfa"});
    world_.party("iq", {"defence"});
    for (auto const& [party, office, key] :
         {std::tuple("ru", "ru/general-staff", 'r'), std::tuple("iq", "iq/defence", 'q')}) {
      enrol(office, key);
      allow(party);
      world_.send(world_.prepare(world_.duty(office), CommandKind::register_person,
                                 commands::RegisterPerson{"anna", office, all_roles, "login", "8f3a61"}));
    }
  }

  static constexpr model::Roles all_roles = model::role::watch | model::role::admin | model::role::releasing;
  void enrol(std::string const& office, char key, model::Roles roles = model::role::watch,
             std::vector<std::string> offices = {}) {
    world_.send(
        world_.prepare(world_.duty(office), CommandKind::register_issuer,
                       commands::RegisterIssuer{
                           "login", url, std::move(offices), model::right::read, {token_key(key)}, roles}));
  }
  void allow(std::string const& party, std::string const& allowed = "yes") {
    world_.act("hosting/operations", "first", CommandKind::allow_issuer,
               commands::AllowIssuer{party + "/login", url, allowed == "yes"},
               {{"issuer", party + "/login"}, {"url", url}, {"allowed", allowed}});
  }
  void by_admin(CommandKind kind, auto const& body) {
    world_.send(world_.prepare(world_.duty("ru/general-staff"), kind, body));
  }

  std::string token(char key, json::Object const& more = {},
                    char const* head = R"({"alg":"EdDSA","kid":"k1"})") {
    int64_t const now = world_.clock.now().us / seconds(1).us;
    json::Object claims{{"iss", url}, {"sub", "8f3a61"},  {"aud", "comity"},
                        {"iat", now}, {"exp", now + 300}, {"nonce", "n-1"}};
    for (auto const& [name, value] : more) claims[name] = value;
    std::string const text = crypto::to_base64url(head) + "." + crypto::to_base64url(json::write(claims));
    return text + "." + crypto::to_base64url(key_of(key).sign(text).view());
  }
  Result<sequencer::SignedIn> ask(std::string const& text, std::string const& issuer = "ru/login") {
    return sequencer::signed_in(world_.centre(), text, {issuer, "comity", "n-1", world_.clock.now()});
  }
  std::string who(std::string const& text, std::string const& issuer = "ru/login") {
    auto const found = ask(text, issuer);
    if (!found) {
      EXPECT_EQ(found.error().code, ErrorCode::unauthenticated);
      return "nobody";
    }
    return name_of(world_.centre(), found->person);
  }
  // As the door makes it.
  Pass pass(std::string const& text) {
    auto const found = ask(text);
    EXPECT_TRUE(found);
    auth::Principal principal;
    principal.actor = {model::Actor::Kind::person, found->person.value};
    principal.office = found->office;
    principal.issuer = found->issuer, principal.issuer_changed = found->issuer_changed;
    Pass made = pass_of(world_.centre(), principal, limits::session_life);
    made.issued_after = found->seen;
    return made;
  }
  auth::Outcome come_in(std::string const& sealed) {
    auto const opened = open(world_.centre(), Purpose::session, sealed);
    return opened ? authenticator_.come_in(principal_of(*opened)) : std::unexpected(auth::Denial{});
  }
  std::string session() { return seal(world_.centre(), Purpose::session, pass(token('r'))); }

  tests::TestCentre world_;
  auth::Authenticator authenticator_{world_.centre()};
};

TEST_F(SigningIn, C5_TwoPartiesWithOneProviderAndOneSubject) {
  EXPECT_EQ(who(token('r')), "anna@ru");
  EXPECT_EQ(who(token('q'), "iq/login"), "anna@iq");
  EXPECT_EQ(who(token('q')), "nobody") << "the other party's key";
  EXPECT_EQ(who(token('r'), "iq/login"), "nobody");
  EXPECT_EQ(who(token('r'), "ir/login"), "nobody") << "no such issuer";
}

TEST_F(SigningIn, WhatMakesATokenNobodys) {
  EXPECT_EQ(who(token('r', {{"sub", "8f3a62"}})), "nobody");
  EXPECT_EQ(who(token('r', {{"aud", "another"}})), "nobody");
  EXPECT_EQ(who(token('r', {{"nonce", "n-2"}})), "nobody");
  EXPECT_EQ(who(token('r', {{"iss", "https://login.example"}})), "nobody");
  EXPECT_EQ(who(token('s')), "nobody") << "a key that nobody has registered";
  EXPECT_EQ(who(token('r', {}, R"({"alg":"EdDSA","kid":"k2"})")), "nobody") << "the name of another key";
  EXPECT_EQ(who(token('r', {}, R"({"alg":"EdDSA"})")), "anna@ru") << "it need not name one";
  for (char const* head : {R"({"alg":"none"})", R"({"alg":"HS256","kid":"k1"})",
                           R"({"alg":"ES256","kid":"k1"})", R"({"alg":"RS256","kid":"k1"})"})
    EXPECT_EQ(who(token('r', {}, head)), "nobody") << head;
}

TEST_F(SigningIn, OnlyWhileEverybodySaysSo) {
  allow("ru", "no");
  EXPECT_EQ(who(token('r')), "nobody") << "the host";
  allow("ru");
  enrol("ru/general-staff", 'r', 0);
  EXPECT_EQ(who(token('r')), "nobody") << "an issuer that is for machines alone";
  enrol("ru/general-staff", 'r', model::role::signing);
  EXPECT_EQ(who(token('r')), "nobody") << "no role of hers";
  enrol("ru/general-staff", 'r', model::role::watch, {"ru/mfa"});
  EXPECT_EQ(who(token('r')), "nobody") << "no office of hers";
  enrol("ru/general-staff", 'r');
  EXPECT_EQ(who(token('r')), "anna@ru");
  by_admin(CommandKind::revoke_person, commands::RevokePerson{"anna@ru"});
  EXPECT_EQ(who(token('r')), "nobody");
}

TEST_F(SigningIn, GivesWhatBothGive) {
  auto const in = come_in(session());
  ASSERT_TRUE(in);
  auto const roles = world_.centre().read([&](sequencer::Glimpse const& glimpse) {
    return auth::viewer_now(glimpse.state, *in, world_.clock.now())->roles;
  });
  EXPECT_EQ(roles, model::role::watch);
  EXPECT_EQ(~in->withheld, model::role::watch) << "and what she sends is as little";
}

// Each of these ends a session from its record on.
TEST_F(SigningIn, AnyChangeEndsASession) {
  auto const ends = [&](char const* what, auto const& change) {
    std::string const held = session();
    EXPECT_TRUE(come_in(held)) << what;
    change();
    EXPECT_FALSE(come_in(held)) << what;
  };
  ends("another key", [&] { enrol("ru/general-staff", 's'), enrol("ru/general-staff", 'r'); });
  ends("other roles", [&] { enrol("ru/general-staff", 'r', all_roles); });
  ends("the host's word", [&] { allow("ru", "no"), allow("ru"); });
  ends("another subject", [&] {
    by_admin(CommandKind::set_subject, commands::SetSubject{"anna@ru", "login", "other"});
    by_admin(CommandKind::set_subject, commands::SetSubject{"anna@ru", "login", "8f3a61"});
  });
  ends("everywhere",
       [&] { by_admin(CommandKind::revoke_token, commands::RevokeToken{commands::all_tokens, "anna@ru"}); });
  ends("her roles", [&] {
    by_admin(CommandKind::set_roles, commands::SetRoles{"anna@ru", "ru/general-staff", 0, "", {}});
    EXPECT_EQ(who(token('r')), "nobody");
  });
  by_admin(CommandKind::set_roles, commands::SetRoles{"anna@ru", "ru/general-staff", all_roles, "", {}});
  ends("the issuer", [&] { by_admin(CommandKind::revoke_issuer, commands::RevokeIssuer{"ru/login"}); });
}

TEST_F(SigningIn, AfterARevocationTokensOfBeforeHoldNoMore) {
  std::string const before = token('r');
  world_.clock.advance(seconds(2));
  by_admin(CommandKind::revoke_issuer, commands::RevokeIssuer{"ru/login"});
  enrol("ru/general-staff", 'r');
  allow("ru");
  EXPECT_EQ(who(before), "nobody");
  world_.clock.advance(seconds(2));
  EXPECT_EQ(who(token('r')), "anna@ru");
}

TEST_F(SigningIn, AnotherOfficeIsOneOfTheIssuers) {
  by_admin(CommandKind::set_roles, commands::SetRoles{"anna@ru", "ru/mfa", model::role::admin, "", {}});
  Pass const here = pass(token('r'));
  OfficeKey const mfa = world_.centre().read(
      [](sequencer::Glimpse const& glimpse) { return glimpse.state.law.find_office("ru/mfa"); });
  auto const there = pass_again(world_.centre(), principal_of(here), mfa);
  EXPECT_EQ(there.issuer, here.issuer);
  EXPECT_FALSE(authenticator_.come_in(principal_of(there))) << "her role there is not the issuer's to give";
}

// --- the way there and back --------------------------------------------------------------------------------------------------

struct Journeys : SigningIn {
  static OpenId options() {
    OpenId made;
    made.providers = {{"ru/login",
                       "Ministry",
                       "comity",
                       "",
                       "https://login.example/authorize?realm=ru",
                       "https://login.example/token",
                       {}}};
    made.return_url = "https://centre.example/console/openid/return";
    return made;
  }
  Providers providers{world_.centre(), options()};
};

TEST_F(Journeys, GoWithStateNonceAndChallenge) {
  Journey const one = providers.begin(0, "/watch"), other = providers.begin(0, "/watch");
  std::string const there = providers.url_of(one);
  EXPECT_TRUE(
      there.starts_with("https://login.example/authorize?realm=ru&response_type=code&client_id=comity&"
                        "redirect_uri=https%3A%2F%2Fcentre.example%2Fconsole%2Fopenid%2Freturn&"
                        "scope=openid&state="))
      << there;
  EXPECT_TRUE(there.ends_with("&code_challenge_method=S256"));
  EXPECT_EQ(there.find(one.verifier), there.npos) << "its digest alone";
  EXPECT_EQ(providers.seal(one).find(one.state), std::string::npos);
  for (std::string Journey::* chance : {&Journey::state, &Journey::nonce, &Journey::verifier}) {
    EXPECT_EQ((one.*chance).size(), 43u);
    EXPECT_NE(one.*chance, other.*chance);
  }
}

TEST_F(Journeys, ComeBackOnceInTimeWithTheirState) {
  Journey const one = providers.begin(0, ""), other = providers.begin(0, "");
  std::string const sealed = providers.seal(one);
  EXPECT_FALSE(providers.open(sealed, other.state)) << "what another browser was sent away with";
  EXPECT_FALSE(providers.open(sealed, ""));
  EXPECT_FALSE(providers.open("", one.state));
  EXPECT_FALSE(providers.open(session(), one.state)) << "what is sealed for another purpose";
  EXPECT_FALSE(Providers(world_.centre(), options()).open(sealed, one.state)) << "another process";
  auto const back = providers.open(sealed, one.state);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->verifier, one.verifier);
  EXPECT_TRUE(providers.take(*back));
  EXPECT_FALSE(providers.take(*back));
  EXPECT_TRUE(providers.take(other));
  world_.clock.advance(limits::openid_login_life);
  EXPECT_FALSE(providers.open(sealed, one.state));
}

TEST_F(Journeys, SoManyAtOnce) {
  std::vector<Providers::Place> held;
  for (size_t i = 0; i < limits::openid_exchanges; ++i) held.push_back(providers.place());
  EXPECT_TRUE(held.back());
  EXPECT_FALSE(providers.place());
  held.pop_back();
  EXPECT_TRUE(providers.place());
  for (size_t i = 0; i < limits::openid_logins_used; ++i) EXPECT_TRUE(providers.take(providers.begin(0, "")));
  EXPECT_FALSE(providers.take(providers.begin(0, ""))) << "none is taken that could not be remembered";
  world_.clock.advance(limits::openid_login_life);
  EXPECT_TRUE(providers.take(providers.begin(0, "")));
}

}  // namespace
}  // namespace comity::console
