// What somebody does with a key, a role or a recovery that she should not be able to do: one named case for each defect that was
// found in the changes of keys (25-isolation B5, B6, G8).
#include <gtest/gtest.h>

#include "key_changes.h"

namespace comity::commands {
namespace {

class KeysAbuse : public Keys {
 protected:
  // Three parties to one text that everybody may read.
  AgreementKey pact() {
    machine.party("us", {"staff"});
    machine.in_force("ru.pact", {"ru/staff", "iq/defence", "us/staff"}, {tests::grant_to_others()});
    return AgreementKey(state().law.agreements.size() - 1);
  }
  PartyKey party(std::string const& slug) { return state().law.find_party(slug); }
  // Two officers give the party a new key, `new key of PARTY`.
  void given_a_key(std::string const& slug) { machine.must(recovery("new key of " + slug, slug)); }
  template <class Body>
  model::Command by(std::string const& office, CommandKind kind, Body const& body,
                    std::string const& key = {}) {
    auto command = machine.signed_by(office, kind, body);
    if (!key.empty()) machine.sign(command, key);
    return command;
  }
  ConfirmRecovery confirming(std::string const& slug) {
    return {Machine::on("ru.pact"), slug, "new key of " + slug};
  }
};

// --- numbers of acts ---------------------------------------------------------------------------------------------------

// A thief's key, however small, moves the party's numbers on; the safes sign one after another, over days.
TEST_F(KeysAbuse, ASmallKeyDoesNotStandInTheWayOfTheSafes) {
  with_safes();
  machine.must(rotation({{key("small", {CommandKind::sign})}, {}, 0}));
  auto const written = rotation({{key("mine")}, {own, "small"}, 0}, "safe 1", {"safe 2"});
  auto pushed = signed_by_staff(CommandKind::sign, Machine::on("ru.nothing"));
  machine.sign(pushed, "small");
  pushed.act->seq = written.act->seq + 1'000'000;
  EXPECT_FALSE(machine.ask(pushed).accepted());
  EXPECT_EQ(state().law.party(ru()).last_seq, pushed.act->seq);
  machine.must(written);
  EXPECT_EQ(reason_of(written), ReasonCode::act_repeated);
}

TEST_F(KeysAbuse, OneSafeAloneDoesNotUseUpTheNumbersOfAll) {
  with_safes();
  auto const written = rotation({{key("mine")}, {own}, 0}, "safe 1", {"safe 2"});
  auto alone = rotation({{key("x")}, {}, 0}, "safe 3");
  alone.act->seq = written.act->seq + 1'000'000;
  EXPECT_FALSE(machine.ask(alone).accepted());
  EXPECT_EQ(state().law.party(ru()).recovery_seq, 0u);
  machine.must(written);
}

// Somebody of the party who found another's signed act files it as what it is not, or without the role for it.
TEST_F(KeysAbuse, NobodyElseUsesUpASignedAct) {
  auto const good = office("registry", own);
  auto unlike = signed_by_staff(CommandKind::rotate_key, RotateKey{{}, {}, 1});
  unlike.act = good.act;
  EXPECT_FALSE(machine.ask(unlike).accepted());
  auto elsewhere = machine.by("ru/mfa", CommandKind::register_office, RegisterOffice{"registry"});
  elsewhere.act = good.act;
  EXPECT_FALSE(machine.ask(elsewhere).accepted());
  auto guest = by_guest(CommandKind::register_office, RegisterOffice{"registry"});
  guest.act = good.act;
  EXPECT_FALSE(machine.ask(guest).accepted());
  machine.must(good);
}

// --- powers ------------------------------------------------------------------------------------------------------------

TEST_F(KeysAbuse, AKeyForOtherActsEndsItselfAndNothingElse) {
  machine.must(rotation({{key("embassy", {CommandKind::sign}), key("other", {CommandKind::sign})}, {}, 0}));
  EXPECT_EQ(reason_of(revocation("other", "embassy")), ReasonCode::key_not_allowed);
  machine.must(revocation("embassy", "embassy"));
  EXPECT_EQ(reason_of(revocation(own, own)), ReasonCode::last_key) << "which stays, whoever signs";
}

TEST_F(KeysAbuse, ANumberOfRecoveryKeysNeedsRecoveryKeys) {
  EXPECT_EQ(reason_of(rotation({{key("second")}, {}, 1})), ReasonCode::malformed);
  machine.must(rotation({{key("limited", {CommandKind::register_office, CommandKind::rotate_key})}, {}, 0}));
  EXPECT_EQ(reason_of(rotation({{key("less", {CommandKind::register_office})}, {}, 1}, "limited")),
            ReasonCode::malformed);
  with_safes();
  machine.must(rotation({{key("second")}, {"safe 1", "safe 2", "safe 3"}, 0}, "safe 1", {"safe 2"}));
  EXPECT_EQ(state().law.party(ru()).recovery_needed, 0u);
}

// Ended keys stay in the law, so they are counted; the safes end a thief who used the number up.
TEST_F(KeysAbuse, EndedKeysAreCounted) {
  with_safes();
  auto& keys = state().law.parties[ru().value].keys;
  while (keys.size() < limits::keys_ever_of_party) {
    keys.push_back(key("ended " + std::to_string(keys.size())).entry(1));
    keys.back().revoked = 1;
  }
  EXPECT_EQ(reason_of(rotation({{key("second")}, {own}, 0})), ReasonCode::quota);
  EXPECT_EQ(reason_of(rotation({{key("second")}, {own}, 0}, "safe 1", {"safe 2"})), ReasonCode::none);
}

// --- one key, one purpose ----------------------------------------------------------------------------------------------

TEST_F(KeysAbuse, AKeyOfAnyPurposeKeepsItWhenItHasEnded) {
  RegisterIssuer issuer{
      "login", "https://login.example", {}, model::right::read, {{"of tokens", "", {}, ""}}};
  machine.must(by_staff(CommandKind::register_issuer, issuer));
  issuer.keys = {{"of tokens, newer", "", {}, ""}};
  machine.must(by_staff(CommandKind::register_issuer, issuer));
  EXPECT_EQ(reason_of(rotation({{key("of tokens")}, {}, 0})), ReasonCode::key_in_use);
  issuer.keys = {{"of tokens", "", {}, ""}};
  EXPECT_EQ(reason_of(by_staff(CommandKind::register_issuer, issuer)), ReasonCode::none)
      << "for its own purpose it comes back";
  machine.must(recovery("given"));
  EXPECT_EQ(reason_of(rotation({{key("given")}, {}, 0})), ReasonCode::key_in_use);
  issuer.keys = {{"given", "", {}, ""}};
  EXPECT_EQ(reason_of(by_staff(CommandKind::register_issuer, issuer)), ReasonCode::key_in_use);
}

TEST_F(KeysAbuse, OfManyEndedKeysTheOldestIsForgotten) {
  std::vector<std::string> ids;
  for (size_t i = 0; i <= limits::ended_ids; ++i) model::remember_ended(ids, std::to_string(i));
  model::remember_ended(ids, "1");
  EXPECT_EQ(ids.size(), limits::ended_ids);
  EXPECT_EQ(ids.front(), "1");
}

// RFC 7517, 4.5: keys of different kinds may share a name.
TEST_F(KeysAbuse, TwoTokenKeysOfOneNameAreOfTwoAlgorithms) {
  using model::TokenAlgorithm;
  RegisterIssuer issuer{"login", "https://login.example", {}, model::right::read, {}};
  issuer.keys = {{"1", "kid", TokenAlgorithm::es256, ""}, {"2", "kid", TokenAlgorithm::eddsa, ""}};
  EXPECT_EQ(reason_of(by_staff(CommandKind::register_issuer, issuer)), ReasonCode::none);
  issuer.keys[1].algorithm = TokenAlgorithm::es256;
  EXPECT_EQ(reason_of(by_staff(CommandKind::register_issuer, issuer)), ReasonCode::malformed);
}

// The centre's own names, of every epoch there may be.
TEST_F(KeysAbuse, NoIssuerIsCalledLikeTheCentre) {
  for (char const* url : {"test.example", "test.example/e1", "test.example/e99"})
    EXPECT_EQ(reason_of(by_staff(CommandKind::register_issuer,
                                 RegisterIssuer{"login", url, {}, model::right::read, {{"1", "", {}, ""}}})),
              ReasonCode::reserved_name)
        << url;
}

// --- recoveries --------------------------------------------------------------------------------------------------------

// Whoever ends a recovery by changing her keys has shown as much as by an objection.
TEST_F(KeysAbuse, AChangeOfKeysDuringARecoveryIsAnObjection) {
  machine.must(rotation({{key("second")}, {}, 0}));
  EXPECT_EQ(state().law.party(ru()).objected, UtcTime{}) << "nothing was under way";
  machine.must(recovery("of the host"));
  machine.must(revocation("second", own));
  EXPECT_EQ(reason_of(recovery("of the host")), ReasonCode::recovery_under_way);
  machine.now = machine.now + limits::recovery_pause;
  machine.must(recovery("of the host"));
  machine.must(rotation({{key("third")}, {}, 0}));
  EXPECT_EQ(reason_of(recovery("of the host")), ReasonCode::recovery_under_way);
}

// The new key may be the host's own: what cannot be undone waits for the others.
TEST_F(KeysAbuse, WhoWaitsToBeConfirmedSaysNothingThatLasts) {
  pact();
  machine.must(by("ru/staff", CommandKind::suspend, Suspend{Machine::on("ru.pact")}));
  given_a_key("ru");
  pulse(hours(72));
  std::string const fresh = "new key of ru";
  EXPECT_EQ(reason_of(by("ru/staff", CommandKind::resume, Resume{Machine::on("ru.pact"), false}, fresh)),
            ReasonCode::not_confirmed);
  EXPECT_EQ(reason_of(by("ru/staff", CommandKind::withdraw, Withdraw{Machine::on("ru.pact")}, fresh)),
            ReasonCode::not_confirmed);
  EXPECT_EQ(reason_of(by("ru/staff", CommandKind::end_prohibition,
                         EndProhibition{Machine::on("ru.pact"), "none", "iq"}, fresh)),
            ReasonCode::not_confirmed);
  machine.must(by("iq/defence", CommandKind::confirm_recovery, confirming("ru")));
  machine.must(by("us/staff", CommandKind::confirm_recovery, confirming("ru")));
  EXPECT_EQ(reason_of(by("ru/staff", CommandKind::resume, Resume{Machine::on("ru.pact"), false}, fresh)),
            ReasonCode::none);
}

// Two keys of the host do not confirm each other; whoever kept hers does, one after another.
TEST_F(KeysAbuse, WhoWaitsToBeConfirmedConfirmsNobody) {
  AgreementKey const key = pact();
  given_a_key("ru");
  given_a_key("iq");
  pulse(hours(72));
  EXPECT_EQ(reason_of(by("iq/defence", CommandKind::confirm_recovery, confirming("ru"), "new key of iq")),
            ReasonCode::not_confirmed);
  EXPECT_EQ(state().law.agreement(key).part_of(party("iq")).to_confirm, std::set<PartyKey>{party("us")})
      << "ru waits itself, and is not asked";
  machine.must(by("us/staff", CommandKind::confirm_recovery, confirming("iq")));
  machine.must(by("iq/defence", CommandKind::confirm_recovery, confirming("ru"), "new key of iq"));
  machine.must(by("us/staff", CommandKind::confirm_recovery, confirming("ru")));
  EXPECT_EQ(state().law.agreement(key).standing_of(party("ru")), state::Standing::party);
  EXPECT_EQ(state().law.agreement(key).standing_of(party("iq")), state::Standing::party);
}

TEST_F(KeysAbuse, WhereAllAreLostNobodyIsConfirmed) {
  AgreementKey const key = pact();
  for (char const* slug : {"ru", "iq", "us"}) given_a_key(slug);
  pulse(hours(72));
  for (char const* slug : {"ru", "iq", "us"})
    EXPECT_EQ(state().law.agreement(key).standing_of(party(slug)), state::Standing::suspended) << slug;
  EXPECT_EQ(reason_of(by("us/staff", CommandKind::confirm_recovery, confirming("ru"), "new key of us")),
            ReasonCode::not_confirmed);
}

// --- tokens ------------------------------------------------------------------------------------------------------------

// A revocation is kept as long as its token could hold, and a day for a clock that is put back.
TEST_F(KeysAbuse, ARevocationIsForgottenWhenItsTokenIsOver) {
  UtcTime const over = machine.now + hours(1);
  auto const revoke = [&](std::string const& token) {
    machine.must(by_staff(CommandKind::revoke_token, RevokeToken{token, "duty@ru", over}));
  };
  revoke("a"), revoke("a");
  machine.now = over + limits::revocation_kept - seconds(1);
  revoke("b");
  EXPECT_TRUE(state().revoked_tokens.contains("a"));
  machine.now = machine.now + seconds(1);
  revoke("c");
  EXPECT_FALSE(state().revoked_tokens.contains("a"));
  EXPECT_EQ(state().revoked_tokens.size(), state().revoked_until.size());
}

// --- officers ----------------------------------------------------------------------------------------------------------

class OfficersAbuse : public OfficersKeys {};

// An officer in two offices of the host keeps her key with the role that she keeps, and counts only with a key.
TEST_F(OfficersAbuse, AnOfficerInTwoOfficesKeepsHerKey) {
  a_third();
  auto annex =
      machine.signed_by("hosting/operations", CommandKind::register_office, RegisterOffice{"annex"}, "first");
  machine.sign(annex, Machine::key_of("hosting"));
  machine.must(annex);
  machine.must(roles_in("annex", "third", model::role::host, Machine::key_of("third")));
  machine.must(roles("third", model::role::admin, "", {"first", "second"}));
  PersonKey const third = state().law.find_person("third@hosting");
  EXPECT_EQ(state().law.people[third.value].officer_key.id, Machine::key_of("third"));
  EXPECT_TRUE(is_officer(state().law, third));
  machine.must(roles_in("annex", "third", model::role::admin, ""));
  EXPECT_TRUE(state().law.people[third.value].officer_key.id.empty());
  EXPECT_FALSE(is_officer(state().law, third));
  EXPECT_EQ(reason_of(roles("third", model::role::host, Machine::key_of("third"), {"first", "second"})),
            ReasonCode::key_in_use)
      << "a key that was taken away is no officer's again";
}

// Two others have replaced a stolen key: what the thief proposed with it is nobody's.
TEST_F(OfficersAbuse, AProposalEndsWithTheKeyThatSignedIt) {
  a_third();
  auto const proposal = machine.signed_by(
      "hosting/operations", CommandKind::propose_host_act,
      ProposeHostAct{CommandKind::recover_key, codec::encode(RecoverKey{"ru", "x", {}})}, "third");
  machine.must(proposal);
  auto const countersign = [&] {
    return machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                             CountersignHostAct{proposal.digest}, "first");
  };
  EXPECT_EQ(reason_of(countersign()), ReasonCode::none);
  machine.must(roles("third", model::role::host, "new key of third", {"first", "second"}));
  EXPECT_EQ(reason_of(countersign()), ReasonCode::no_such_proposal);
}

}  // namespace
}  // namespace comity::commands
