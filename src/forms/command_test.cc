#include "forms/command.h"

#include <gtest/gtest.h>

#include "codec/codec.h"
#include "commands/all.h"
#include "crypto/base64.h"
#include "crypto/ed25519.h"
#include "forms/act.h"
#include "forms/agreement_samples.h"

namespace comity::forms {
namespace {

using model::CommandKind;

// Hashes at once and always the same; one token holds.
class QuickTools final : public CommandTools {
 public:
  Result<Bytes> verifier_of(std::string_view password, std::string_view key) const override {
    return "verifier of " + std::string(password) + " for " + std::string(key);
  }
  Result<Token> read_token(std::string_view token) const override {
    if (token != "good") return fail(ErrorCode::unauthenticated, "");
    return Token{"jti-1", "anna@ru"};
  }
  crypto::SymmetricKey const& comparison_key() const override { return key_; }
  bool is_key_of_centre(std::string_view id) const override { return id == "ed25519:0000000000000000"; }

 private:
  crypto::SymmetricKey key_ = crypto::SymmetricKey::from(Bytes(32, 'k')).value();
};

CommandResult read(std::string_view document) { return read_command(document, "", QuickTools()); }

// `ok`, or each problem as `pointer: reason`.
std::string verdict(std::string_view document) {
  auto const command = read(document);
  if (command) return "ok";
  std::string lines;
  for (Problem const& problem : command.error().problems)
    lines += problem.pointer + ": " + problem.reason + "\n";
  return lines;
}

template <class Body>
Body body_of(CommandResult const& command) {
  EXPECT_TRUE(command.has_value()) << (command ? "" : command.error().problems.front().reason);
  return codec::decode<Body>(command.value().command.body).value();
}

crypto::SecretKey secret() { return crypto::SecretKey::from_seed(Bytes(32, 's')).value(); }

// A signed act with the members that all acts have and those given, as the members `act` and `signatures`.
std::string signed_members(std::string const& kind, std::string const& members) {
  std::string const key = crypto::key_id(secret().public_key());
  auto const act =
      json::parse(R"({"kind":")" + kind + R"(","centre":"demo.example","party":"ru","founding_key":")" + key +
                      R"(","office":"ru/mfa","key":")" + key +
                      R"(","seq":7,"not_after":"2026-11-30T00:00:00.000000Z",)" + members + "}",
                  limits::act_bytes)
          .value();
  std::string const document = json::write(sign_act(act.get_object(), secret()).value());
  return document.substr(1, document.size() - 2);
}

std::string const hash(64, 'a');
std::string const on_text = R"("agreement":"ru.centre-x","version":1,"text_hash":")" + hash + R"(")";

TEST(Command, IsAKindAndABody) {
  auto const command =
      read(R"({"kind":"revoke_client","body":{"client":"ru/mfa/feed"},"idempotency_key":"k-1"})");
  EXPECT_EQ(body_of<commands::RevokeClient>(command).client, "ru/mfa/feed");
  EXPECT_EQ(command->command.kind, CommandKind::revoke_client);
  EXPECT_EQ(command->command.idempotency_key, "k-1");
}

TEST(Command, TheKeyOfTheRequestIsThatOfACommandWithoutOne) {
  auto const command =
      read_command(R"({"kind":"revoke_client","body":{"client":"ru/mfa/feed"}})", "k-2", QuickTools());
  EXPECT_EQ(command->command.idempotency_key, "k-2");
}

TEST(Command, NothingUnknownIsPassedOver) {
  EXPECT_EQ(verdict(R"({"kind":"revoke_client","body":{"client":"ru/mfa/feed","force":true}})"),
            "/body/force: unknown key; known here: client\n");
  EXPECT_EQ(verdict(R"({"kind":"revoke_client","body":{"client":"ru/mfa/feed"},"urgent":1})"),
            "/urgent: unknown key; known here: kind, act, signatures, body, idempotency_key\n");
  EXPECT_EQ(verdict(R"({"kind":"revoke_client"})"), "/body: must be an object\n");
  EXPECT_NE(verdict("{"), "ok");
}

TEST(Command, WhatOnlyTheCentreSendsIsUnknown) {
  for (std::string const kind : {"genesis", "pulse", "fault", "authenticate", "note_served", "conquer"})
    EXPECT_EQ(verdict(R"({"kind":")" + kind + R"(","body":{}})"), "/kind: no such kind of command\n");
}

TEST(Command, EveryKindForDoorsHasAReader) {
#define COMMAND(number, name, type)                                                                   \
  if (is_for_doors(CommandKind::name)) {                                                              \
    EXPECT_NE(verdict(R"({"kind":")" #name R"(","body":{"no":1}})").find("/body"), std::string::npos) \
        << #name;                                                                                     \
  }
#include "model/commands.inc"
#undef COMMAND
}

// --- what officers of the host do ---

std::string proposed(std::string const& kind, std::string const& body) {
  return R"({"kind":"propose_host_act",)" +
         signed_members("propose_host_act", R"("proposed":{"kind":")" + kind + R"(","body":)" + body + "}") +
         "}";
}
template <class Body>
Body proposed_body(CommandResult const& command) {
  return codec::decode<Body>(body_of<commands::ProposeHostAct>(command).body).value();
}

TEST(Command, LimitsAreNamedAndWithinTheirRanges) {
  auto const made = proposed_body<commands::SetLimits>(
      read(proposed("set_limits", R"({"drafts":7,"contributions":1000})")));
  EXPECT_EQ(made.quotas, (std::map<model::Quota, uint32_t>{{model::Quota::drafts, 7},
                                                           {model::Quota::contributions, 1000}}));
  EXPECT_EQ(verdict(proposed("set_limits", R"({"drafts":2,"people":100001})")),
            "/act/proposed/body/drafts: must be an integer, written without a point, from 3 to 1000\n"
            "/act/proposed/body/people: must be an integer, written without a point, from 10 to 100000\n");
  EXPECT_EQ(verdict(proposed("set_limits", R"({"tea":1})")),
            "/act/proposed/body/tea: unknown key; known here: refusals, hints, drafts, clients, people, "
            "contributions, versions, destinations\n");
}

TEST(Command, RulesetsAndTimesAreProposed) {
  EXPECT_EQ(
      proposed_body<commands::AdoptRuleset>(read(proposed("adopt_ruleset", R"({"ruleset":2})"))).ruleset, 2u);
  EXPECT_EQ(proposed_body<commands::AdvanceTime>(
                read(proposed("advance_time", R"({"to":"2026-01-31T12:00:00.000000Z"})")))
                .to,
            *parse_time("2026-01-31T12:00:00.000000Z"));
  EXPECT_EQ(verdict(proposed("advance_time", R"({"to":"soon"})")),
            "/act/proposed/body/to: must be a time like \"2026-01-31T12:00:00.000000Z\"\n");
  EXPECT_NE(verdict(proposed("lift_fault_suspension", R"({})")), "ok") << "one officer does that alone";
}

// The act's own office and kind are who signs and what; what is lifted stands beside them.
TEST(Command, ASuspensionIsLiftedByOfficeAndKind) {
  auto const command =
      read(R"({"kind":"lift_fault_suspension",)" +
           signed_members("lift_fault_suspension",
                          R"("suspended_office":"iq/defence","suspended_kind":"contribute")") +
           "}");
  auto const made = body_of<commands::LiftFaultSuspension>(command);
  EXPECT_EQ(made.office, "iq/defence");
  EXPECT_EQ(made.kind, CommandKind::contribute);
  EXPECT_EQ(
      verdict(R"({"kind":"lift_fault_suspension","body":{"suspended_office":"iq","suspended_kind":"sing"}})"),
      "/body/suspended_office: must be an office, like \"ru/general-staff\"\n"
      "/body/suspended_kind: no such kind of command\n");
}

TEST(Command, WhatIsSignedIsWhatIsDone) {
  auto const command = read(R"({"kind":"sign",)" + signed_members("sign", on_text) + "}");
  auto const body = body_of<commands::Sign>(command);
  EXPECT_EQ(body.agreement, "ru.centre-x");
  EXPECT_EQ(body.version, 1u);
  EXPECT_EQ(to_hex(body.text_hash), hash);
  ASSERT_TRUE(command->command.act);
  EXPECT_EQ(command->command.act->seq, 7u);
  EXPECT_FALSE(command->command.act->verified) << "that is for the prepare step";
}

TEST(Command, ABodyBesideAnActAgreesWithIt) {
  auto const with_body = [](std::string const& body) {
    return R"({"kind":"sign","body":)" + body + "," + signed_members("sign", on_text) + "}";
  };
  EXPECT_EQ(verdict(with_body(R"({"version":1})")), "ok");
  EXPECT_EQ(verdict(with_body(R"({"version":2})")), "/body/version: is not what was signed\n");
  EXPECT_EQ(verdict(with_body(R"({"clause":"x"})")), "/body/clause: is not what was signed\n");
}

TEST(Command, AnActHoldsNothingThatItsKindDoesNotKnow) {
  EXPECT_EQ(verdict(R"({"kind":"sign",)" + signed_members("sign", on_text + R"(,"also":"this")") + "}"),
            "/act/also: unknown key; known here: agreement, version, text_hash\n");
}

TEST(Command, AnActWhereNoneBelongsIsRefused) {
  EXPECT_EQ(verdict(R"({"kind":"revoke_client","body":{"client":"ru/mfa/feed"},)" +
                    signed_members("revoke_client", R"("client":"ru/mfa/feed")") + "}"),
            "/act: this kind of command is not signed\n");
}

TEST(Command, UnsignedKindsThatNeedASignatureAreStillRead) {
  EXPECT_EQ(body_of<commands::Sign>(read(R"({"kind":"sign","body":{)" + on_text + "}}")).agreement,
            "ru.centre-x");
}

TEST(Command, APasswordBecomesTheVerifierInThePayload) {
  auto const command = read(
      R"({"kind":"register_client","idempotency_key":"k","body":{"office":"ru/mfa","slug":"feed","rights":["read","contribute"],"password":"secret"}})");
  EXPECT_EQ(body_of<commands::RegisterClient>(command).rights, model::right::read | model::right::contribute);
  EXPECT_EQ(command->payload, "verifier of secret for k");
  EXPECT_EQ(command->command.body.find("secret"), Bytes::npos);
}

TEST(Command, AVerifierIsTakenAsItIs) {
  std::string const verifier =
      "$argon2id$v=19$m=65536,t=2,p=1$Y29taXR5LW5vYm9keS0xMA$bm8gcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXMgdGV4dC4";
  auto const command =
      read(R"({"kind":"set_credential","body":{"user":"anna@ru","verifier":")" + verifier + R"("}})");
  ASSERT_TRUE(command) << command.error().problems[0].reason;
  EXPECT_EQ(command->payload, verifier);
  EXPECT_NE(verdict(R"({"kind":"set_credential","body":{"user":"anna@ru","verifier":"plain"}})"), "ok");
  EXPECT_EQ(verdict(R"({"kind":"set_credential","body":{"user":"anna@ru"}})"),
            "/body: needs a password or a verifier\n");
  EXPECT_EQ(verdict(R"({"kind":"set_credential","body":{"user":"anna@ru","password":"a","verifier":"b"}})"),
            "/body/verifier: a password or a verifier, not both\n");
}

TEST(Command, ATextIsKeptAsItWasWritten) {
  std::string const text = sample("joint-information-centre");
  auto const command = read(R"({"kind":"draft_agreement","body":{"text":)" + text + "}}");
  auto const body = body_of<commands::DraftAgreement>(command);
  EXPECT_EQ(body.text.id, "ru.baghdad-centre");
  EXPECT_EQ(text.find(command->payload.value()), text.find('{'));
}

TEST(Command, ATextThatDoesNotCompileSaysWhereAndWhy) {
  std::string const text = changed("joint-information-centre", "/kind", "\"pact\"");
  EXPECT_TRUE(verdict(R"({"kind":"draft_agreement","body":{"text":)" + text + "}}")
                  .starts_with("/body/text/kind: unknown word"));
}

TEST(Command, AnObjectIsKeptAsItWasWritten) {
  std::string const object =
      R"({ "type":"identity", "spec_version":"2.1", "id":"identity--f431f809-377b-45e0-aa1c-6a4751cae5ff",
           "created":"2016-04-06T20:03:48.000Z","modified":"2016-04-06T20:03:48.000Z","name":"N", "x_v": 1.50 })";
  auto const command =
      read(R"({"kind":"contribute","body":{"agreement":"ru.x1","to_offices":["iq/defence"],"object":)" +
           object + "}}");
  auto const body = body_of<commands::Contribute>(command);
  EXPECT_EQ(command->payload, object);
  EXPECT_EQ(body.head.type, "identity");
  EXPECT_EQ(body.to_offices, std::vector<std::string>{"iq/defence"});
  EXPECT_FALSE(command->command.sealed.empty());
  EXPECT_TRUE(verdict(R"({"kind":"contribute","body":{"agreement":"ru.x1","object":{"type":"identity"}}})")
                  .starts_with("/body/object"));
}

std::string const party_body =
    R"("slug":"il","name":"Israel","kind":"state","office":"general-staff","admin":"dana","key":")" +
    crypto::to_base64(secret().public_key().view()) + R"(")";

TEST(Command, AnOfficerProposesACommandInTheAct) {
  std::string const proposed = R"({"kind":"register_party","body":{)" + party_body + "}}";
  auto const command =
      read(R"({"kind":"propose_host_act","body":{"kind":"register_party","body":{"password":"first"}},)" +
           signed_members("propose_host_act", R"("proposed":)" + proposed) + "}");
  auto const body = body_of<commands::ProposeHostAct>(command);
  EXPECT_EQ(body.kind, CommandKind::register_party);
  auto const inner = codec::decode<commands::RegisterParty>(body.body).value();
  EXPECT_EQ(inner.slug, "il");
  EXPECT_EQ(inner.key_id, crypto::key_id(secret().public_key()));
  EXPECT_EQ(command->payload, "verifier of first for ");
}

TEST(Command, AnActHoldsNoPassword) {
  std::string const proposed = R"({"kind":"register_party","body":{"password":"x",)" + party_body + "}}";
  EXPECT_TRUE(verdict(R"({"kind":"propose_host_act",)" +
                      signed_members("propose_host_act", R"("proposed":)" + proposed) + "}")
                  .starts_with("/act/proposed/body/password: unknown key"));
}

TEST(Command, TwoOfficersDoOnlyWhatIsOnTheirList) {
  EXPECT_EQ(verdict(R"({"kind":"propose_host_act","body":{"kind":"delete_item","body":{}}})"),
            "/body/kind: two officers cannot do this together\n");
}

TEST(Command, ATokenThatDoesNotHoldCannotBeRevoked) {
  EXPECT_EQ(
      body_of<commands::RevokeToken>(read(R"({"kind":"revoke_token","body":{"token":"good"}})")).token_id,
      "jti-1");
  auto const all =
      body_of<commands::RevokeToken>(read(R"({"kind":"revoke_token","body":{"user":"anna@ru"}})"));
  EXPECT_EQ(all.token_id, commands::all_tokens);
  EXPECT_EQ(all.user, "anna@ru");
  EXPECT_EQ(verdict(R"({"kind":"revoke_token","body":{"user":"anna@ru","token":"good"}})"),
            "/body/token: unknown key; known here: user\n");
  EXPECT_EQ(verdict(R"({"kind":"revoke_token","body":{"token":"bad"}})"),
            "/body/token: must be a token of this centre that still holds\n");
}

TEST(CommandList, EachCommandComesAsItWasWritten) {
  std::string const document = R"( [ {"kind":"a"} , {"kind" : "b"}] )";
  auto const list = split_commands(document).value();
  EXPECT_TRUE(list.is_list);
  ASSERT_EQ(list.commands.size(), 2u);
  EXPECT_EQ(list.commands[0], R"({"kind":"a"})");
  EXPECT_EQ(list.commands[1], R"({"kind" : "b"})");
  EXPECT_TRUE(list.commands[1].data() > document.data() &&
              list.commands[1].data() < document.data() + document.size());
}

TEST(CommandList, OneCommandIsNoListAndALongOneIsTooLarge) {
  EXPECT_FALSE(split_commands(R"({"kind":"a"})").value().is_list);
  std::string many = "[1";
  for (size_t i = 0; i < limits::command_list; ++i) many += ",1";
  EXPECT_EQ(split_commands(many + "]").error().code, ErrorCode::too_large);
  EXPECT_EQ(split_commands("[1,").error().code, ErrorCode::bad_input);
}

}  // namespace
}  // namespace comity::forms
