// Who comes in, and who does not (15-forms 1; 25-isolation C5 to C7). Each check of a password takes 58 ms, so there are few.
#include <future>

#include "centre_fixture.h"
#include "crypto/base64.h"
#include "crypto/certificate_pin.h"
#include "crypto/sha256.h"
#include "doors/auth/authenticator.h"
#include "doors/auth/authorization.h"
#include "doors/auth/back_off.h"
#include "doors/auth/tokens.h"
#include "doors/auth/verified.h"

namespace comity::auth {
namespace {

using model::CommandKind;

std::string basic(std::string const& user, std::string const& word) {
  return "Basic " + crypto::to_base64(user + ":" + word);
}

class Authentication : public testing::Test {
 protected:
  Authentication() { world_.party("ru", {"general-staff", "mfa"}); }

  Outcome ask(std::string const& authorization, std::string const& office = "",
              std::string peer = "192.0.2.1") {
    http::Request request;
    if (!authorization.empty()) request.headers.add("Authorization", authorization);
    if (!office.empty()) request.headers.add("Comity-Office", office);
    request.peer = std::move(peer);
    std::promise<Outcome> promise;
    authenticator_.authenticate(request, [&](Outcome&& outcome) { promise.set_value(std::move(outcome)); });
    return promise.get_future().get();
  }
  std::string office_of(Outcome const& outcome) {
    if (!outcome) return "denied " + std::to_string(status_of(outcome.error()));
    return world_.centre().read(
        [&](sequencer::Glimpse const& glimpse) { return glimpse.state.law.office(outcome->office).name; });
  }
  std::optional<state::Viewer> viewer(Principal const& principal) {
    return world_.centre().read([&](sequencer::Glimpse const& glimpse) {
      return viewer_now(glimpse.state, principal, world_.clock.now());
    });
  }

  tests::TestCentre world_;
  Authenticator authenticator_{world_.centre()};
};

TEST_F(Authentication, AClientComesInAsItsOffice) {
  auto const outcome = ask(basic("ru/mfa/feed", tests::password));
  EXPECT_EQ(office_of(outcome), "ru/mfa");
  EXPECT_EQ(viewer(*outcome)->rights, 15U);
  EXPECT_NE(outcome->office_number, 0U);
  // The scheme is a word without case; the second time nothing is computed, whatever it is asked for.
  EXPECT_EQ(office_of(ask("bAsIc " + crypto::to_base64("ru/mfa/feed:" + tests::password))), "ru/mfa");
  EXPECT_EQ(office_of(ask(basic("ru/mfa/feed", tests::password), "ru/general-staff")), "denied 403");
}

TEST_F(Authentication, AClientComesInByTheCertificateThatIsPinnedForIt) {
  Digest const key = crypto::sha256("its public key");
  auto const by = [&](std::string const& name, Digest const& shown, http::Headers more = {}) {
    http::Request request;
    request.headers = std::move(more);
    request.certificate = http::PeerCertificate{name, shown};
    request.peer = "192.0.2.1";
    std::promise<Outcome> promise;
    authenticator_.authenticate(request, [&](Outcome&& outcome) { promise.set_value(std::move(outcome)); });
    return office_of(promise.get_future().get());
  };
  EXPECT_EQ(by("ru/mfa/feed", key), "denied 401") << "it has a password";
  auto command = world_.prepare(world_.duty("ru/mfa"), CommandKind::set_credential,
                                commands::SetCredential{"ru/mfa/feed"});
  command.payload = crypto::certificate_pin(key);
  world_.send(std::move(command));
  EXPECT_EQ(by("ru/mfa/feed", key), "ru/mfa");
  EXPECT_EQ(by("ru/mfa/feed", key), "ru/mfa") << "remembered";
  EXPECT_EQ(by("ru/mfa/feed", crypto::sha256("another")), "denied 401");
  EXPECT_EQ(by("ru/general-staff/feed", key), "denied 401");
  EXPECT_EQ(by("duty@ru", key), "denied 401");
  EXPECT_EQ(by("ru/mfa/feed", key, {{"Sec-Fetch-Site", "cross-site"}}), "denied 401") << "a browser (C9)";
  EXPECT_EQ(by("ru/mfa/feed", key, {{"Authorization", "Basic !!"}}), "denied 401");
  // What the certificate shows everyone is nobody's password.
  EXPECT_EQ(office_of(ask(basic("ru/mfa/feed", tests::password))), "denied 401");
  EXPECT_EQ(office_of(ask(basic("ru/mfa/feed", crypto::certificate_pin(key)))), "denied 401");
  EXPECT_EQ(office_of(ask(basic("certificate ru/mfa/feed", to_hex(key)), "", "192.0.2.2")), "denied 401");
  world_.send(world_.prepare(world_.duty("ru/mfa"), CommandKind::revoke_client,
                             commands::RevokeClient{"ru/mfa/feed"}));
  EXPECT_EQ(by("ru/mfa/feed", key), "denied 401");
}

TEST_F(Authentication, APersonChoosesAnOffice) {
  EXPECT_EQ(office_of(ask(basic("duty@ru", tests::password))), "ru/general-staff");
  EXPECT_EQ(office_of(ask(basic("duty@ru", tests::password), "ru/mfa")), "ru/mfa");
  EXPECT_EQ(office_of(ask(basic("duty@ru", tests::password), "hosting/operations")), "denied 403");
}

TEST_F(Authentication, UnknownAndWrongAreOneAnswer) {
  for (std::string const& credential :
       {basic("ru/mfa/feed", "wrong"), basic("ru/mfa/nobody", "wrong"), basic("first@hosting", "wrong")}) {
    auto const outcome = ask(credential);
    ASSERT_FALSE(outcome);
    http::Reply const reply = reply_of(outcome.error());
    EXPECT_EQ(reply.status, 401);
    EXPECT_EQ(reply.headers.find("WWW-Authenticate"),
              "Basic realm=\"comity\", charset=\"UTF-8\", Bearer realm=\"comity\"");
    EXPECT_FALSE(reply.headers.has("Retry-After"));
  }
  for (char const* nothing : {"", "Basic", "Basic !!", "Digest a=b", "Bearer x.y.z", "Basic dXNlcg=="})
    EXPECT_EQ(office_of(ask(nothing)), "denied 401") << nothing;
}

TEST_F(Authentication, FailuresMakeANameWaitWhetherOrNotItExists) {
  for (char const* user : {"ru/mfa/feed", "ru/mfa/nobody"}) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(office_of(ask(basic(user, "wrong"))), "denied 401");
    auto const fourth = ask(basic(user, "wrong"));
    EXPECT_EQ(fourth.error().why, Denial::Why::unauthenticated);
    EXPECT_EQ(fourth.error().retry_after, seconds(1));
    auto const early = ask(basic(user, tests::password));
    EXPECT_EQ(reply_of(early.error()).status, 429);
    EXPECT_EQ(reply_of(early.error()).headers.find("Retry-After"), "1");
  }
  world_.advance(seconds(1));
  EXPECT_EQ(office_of(ask(basic("ru/mfa/feed", tests::password))), "ru/mfa");
}

// What one network is told of a name must not move when somebody of that name comes in from another: it would say that the
// name exists, and when its client was here.
TEST_F(Authentication, ASuccessElsewhereIsNotToBeSeen) {
  std::string const stranger = "198.51.100.7";
  for (char const* user : {"ru/mfa/feed", "ru/mfa/nobody"}) {
    for (int i = 0; i < 4; ++i) ask(basic(user, "wrong"), "", stranger);
    ask(basic(user, tests::password));  // its owner, if it has one
    world_.advance(minutes(1));
    EXPECT_EQ(ask(basic(user, "wrong"), "", stranger).error().retry_after, seconds(2)) << user;
  }
}

TEST_F(Authentication, ARevokedClientIsOutAtOnce) {
  auto const outcome = ask(basic("ru/mfa/feed", tests::password));
  ASSERT_TRUE(outcome);
  world_.send(world_.prepare(world_.duty("ru/mfa"), CommandKind::revoke_client,
                             commands::RevokeClient{"ru/mfa/feed"}));
  EXPECT_FALSE(viewer(*outcome)) << "a request that is on its way is not answered";
  EXPECT_EQ(office_of(ask(basic("ru/mfa/feed", tests::password))), "denied 401");
}

TEST_F(Authentication, ATokenIsForItsOffice) {
  auto const person = ask(basic("duty@ru", tests::password), "ru/mfa");
  auto const token = issue_token(world_.centre(), *person);
  ASSERT_TRUE(token);
  auto const outcome = ask("Bearer " + token->text);
  EXPECT_EQ(office_of(outcome), "ru/mfa");
  EXPECT_EQ(office_of(ask("bearer " + token->text, "ru/mfa")), "ru/mfa");
  EXPECT_EQ(office_of(ask("Bearer " + token->text, "ru/general-staff")), "denied 403");
  EXPECT_EQ(token->expires, world_.clock.now() + limits::token_life);
  world_.advance(limits::token_life);
  EXPECT_EQ(office_of(ask("Bearer " + token->text)), "denied 401");
}

TEST_F(Authentication, ANewPasswordAndARevocationEndTokens) {
  auto const first = issue_token(world_.centre(), *ask(basic("ru/mfa/feed", tests::password)));
  auto const second = issue_token(world_.centre(), *ask(basic("ru/mfa/feed", tests::password)));
  auto const revoked = ask("Bearer " + first->text);
  EXPECT_EQ(office_of(revoked), "ru/mfa");
  world_.send(world_.prepare(world_.feed("ru/mfa"), CommandKind::revoke_token,
                             commands::RevokeToken{revoked->token_id, "ru/mfa/feed"}));
  EXPECT_EQ(office_of(ask("Bearer " + first->text)), "denied 401");
  EXPECT_EQ(office_of(ask("Bearer " + second->text)), "ru/mfa");
  world_.send(world_.prepare(world_.duty("ru/mfa"), CommandKind::set_credential,
                             commands::SetCredential{"ru/mfa/feed"}, tests::password_verifier()));
  EXPECT_EQ(office_of(ask("Bearer " + second->text)), "denied 401");
  auto const third = issue_token(world_.centre(), *ask(basic("ru/mfa/feed", tests::password)));
  EXPECT_EQ(office_of(ask("Bearer " + third->text)), "ru/mfa");
}

TEST_F(Authentication, AllTokensOfAUserEndAndThePasswordHolds) {
  auto const of_feed = issue_token(world_.centre(), *ask(basic("ru/mfa/feed", tests::password)));
  auto const of_duty = issue_token(world_.centre(), *ask(basic("duty@ru", tests::password)));
  EXPECT_EQ(office_of(ask("Bearer " + of_feed->text)), "ru/mfa");
  world_.send(world_.prepare(world_.duty("ru/mfa"), CommandKind::revoke_token,
                             commands::RevokeToken{commands::all_tokens, "ru/mfa/feed"}));
  EXPECT_EQ(office_of(ask("Bearer " + of_feed->text)), "denied 401");
  EXPECT_EQ(office_of(ask("Bearer " + of_duty->text)), "ru/general-staff") << "somebody else's";
  EXPECT_EQ(office_of(ask(basic("ru/mfa/feed", tests::password))), "ru/mfa");
  auto const next = issue_token(world_.centre(), *ask(basic("ru/mfa/feed", tests::password)));
  EXPECT_EQ(office_of(ask("Bearer " + next->text)), "ru/mfa");
}

// RFC 6238, appendix B: a secret, and its code at second 2,000,000,000.
TEST_F(Authentication, APersonWithASecondFactorGivesACodeEachTime) {
  crypto::TotpSecret const secret{"12345678901234567890"};
  EXPECT_EQ(office_of(ask(basic("duty@ru", tests::password))), "ru/general-staff");
  auto command =
      world_.prepare(world_.duty("ru/mfa"), CommandKind::set_credential, commands::SetCredential{"duty@ru"});
  command.payload = crypto::write_verifier({{tests::password_verifier()}, secret});
  world_.send(std::move(command));
  std::string const code = "279037";
  world_.clock.advance(Duration{2'000'000'000'000'000 - world_.clock.now().us});
  auto const sign_in = [&](SignIn typed) {
    http::Request request;
    request.peer = "192.0.2.1";
    std::promise<Outcome> promise;
    authenticator_.sign_in(std::move(typed), request,
                           [&](Outcome&& outcome) { promise.set_value(std::move(outcome)); });
    return office_of(promise.get_future().get());
  };
  EXPECT_EQ(office_of(ask(basic("duty@ru", tests::password))), "denied 401")
      << "what was believed is not any more";
  EXPECT_EQ(sign_in({"duty@ru", tests::password, "12345", ""}), "denied 401");
  EXPECT_EQ(sign_in({"duty@ru", tests::password, code, "ru/mfa"}), "ru/mfa");
  EXPECT_EQ(sign_in({"duty@ru", tests::password, code, "ru/mfa"}), "denied 401") << "each code counts once";
  EXPECT_EQ(sign_in({"ru/mfa/feed", tests::password, "", ""}), "denied 401") << "persons only";
}

TEST_F(Authentication, TheTokenRouteTakesBasicOnly) {
  http::Route const route = token_route(authenticator_);
  auto const post = [&](std::string const& authorization) {
    http::Request request;
    request.method = http::Method::post;
    request.headers.add("Authorization", authorization);
    http::Match match{&route};
    std::promise<http::Reply> promise;
    route.serve(std::move(request), match, [&](http::Reply&& reply) { promise.set_value(std::move(reply)); });
    return promise.get_future().get();
  };
  http::Reply const reply = post(basic("ru/mfa/feed", tests::password));
  ASSERT_EQ(reply.status, 200);
  auto const body = json::parse(reply.body.value(), 10'000);
  std::string const token(body->as_object().at("token").as_string());
  EXPECT_EQ(office_of(ask("Bearer " + token)), "ru/mfa");
  EXPECT_EQ(post("Bearer " + token).status, 401);
  EXPECT_EQ(reply.note.route, "/api/v1/token");
}

// A table that one office fills: what makes room is its own.
TEST(VerifiedTable, NobodyPutsAnothersCredentialOut) {
  tests::HeldEntropy entropy(1);
  Verified table(entropy);
  auto const name = [&](size_t number) { return table.name_of("user", std::to_string(number)); };
  OfficeKey const quiet(0u), loud(1u);
  table.keep(table.name_of("quiet", "x"), {}, quiet, 0);
  for (size_t i = 0; i < 2 * limits::credential_cache_entries; ++i) table.keep(name(i), {}, loud, 0);
  EXPECT_TRUE(table.find(table.name_of("quiet", "x"), 0));
  EXPECT_FALSE(table.find(name(limits::credential_cache_entries), 0));
  EXPECT_TRUE(table.find(name(2 * limits::credential_cache_entries - 1), 0));
  table.drop(table.name_of("quiet", "x"));
  EXPECT_FALSE(table.find(table.name_of("quiet", "x"), 0));
}

TEST(BackOffTable, DoublesUpToALimitAndForgets) {
  BackOff table(1);
  std::vector<int64_t> waits;
  for (int i = 0; i < 12; ++i) {
    table.failed("x", 0);
    waits.push_back(table.wait("x", 0).us / 1'000'000);
  }
  EXPECT_EQ(waits, (std::vector<int64_t>{0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}));
  EXPECT_EQ(table.wait("x", seconds(299).us), seconds(1));
  table.failed("y", 0);
  EXPECT_EQ(table.waiting(seconds(299).us), 1u) << "the first failure is free";
  EXPECT_EQ(table.waiting(seconds(300).us), 0u);
  EXPECT_EQ(table.wait("x", limits::failures_kept.us + 1), Duration{});
  table.forget("x");
  EXPECT_EQ(table.wait("x", 0), Duration{});
  for (size_t i = 0; i <= limits::back_off_entries; ++i) table.failed(std::to_string(i), 0);
  table.failed("0", 0);
  EXPECT_EQ(table.wait("0", 0), Duration{}) << "it made room, so this was its first failure";
}

TEST(AuthorizationField, IsReadStrictly) {
  auto const read = parse_authorization("BASIC  " + crypto::to_base64("a/b/c:with:colon"));
  ASSERT_TRUE(read);
  EXPECT_EQ(std::get<BasicCredential>(*read).user, "a/b/c");
  EXPECT_EQ(std::get<BasicCredential>(*read).password, "with:colon");
  EXPECT_FALSE(parse_authorization("Bearer "));
  EXPECT_FALSE(parse_authorization("Bearer " + std::string(limits::token_bytes + 1, 'x')));
}

}  // namespace
}  // namespace comity::auth
