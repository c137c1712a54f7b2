// The keys of a party: what a change of them is refused for, in the order of docs/rulings.md, and what holds whoever tries
// (25-isolation B5, B6, G8).
#include <gtest/gtest.h>

#include "key_changes.h"

namespace comity::commands {
namespace {

// --- rotate_key --------------------------------------------------------------------------------------------------------

TEST_F(Keys, RotateKey) {
  RotateKey body{{key("second")}, {"no such key"}, 0};
  refused(ReasonCode::not_permitted, by_guest(CommandKind::rotate_key, body));
  refused(ReasonCode::not_signed, by_staff(CommandKind::rotate_key, body));
  with_safes();
  body.keys.push_back(key("third"));
  refused(ReasonCode::too_few_signatures, rotation(body, "safe 1"));
  refused(ReasonCode::not_proven, signed_by_staff(CommandKind::rotate_key, body));
  body.keys[1].acts = {CommandKind::sign, CommandKind::sponsor};  // not in order
  refused(ReasonCode::malformed, rotation(body));
  body.keys[1].acts = {}, body.keys[1].id = "second";  // twice
  refused(ReasonCode::malformed, rotation(body));
  body.keys[1] = {"third", {}, KeyPurpose::officer, {}};
  refused(ReasonCode::malformed, rotation(body));
  body.keys[1] = key("safe 1");
  auto const before = state().law.parties[ru().value].keys;
  auto& keys = state().law.parties[ru().value].keys;
  while (keys.size() < limits::keys_per_party) keys.push_back(key(std::to_string(keys.size())).entry(1));
  refused(ReasonCode::quota, rotation(body));
  keys = before;
  refused(ReasonCode::key_in_use, rotation(body));
  body.keys.pop_back();
  refused(ReasonCode::no_such_key, rotation(body));
  body.ends = {"safe 1"};
  refused(ReasonCode::key_not_allowed, rotation(body));  // recovery keys end recovery keys
  body = {{}, {"safe 1", "safe 2"}, 1};
  body.recovery_needed = 2;
  refused(ReasonCode::last_key, rotation(body, "safe 1", {"safe 2"}));
  accepted(rotation({{key("second")}, {own}, 0}));
  expect_row(CommandKind::rotate_key);
}

// G8: one key, one purpose, among binding and recovery keys, officers' keys and those of issuers.
TEST_F(Keys, OneKeyHasOnePurpose) {
  state().law.people[0].party = ru();
  state().law.people[0].officer_key.id = "of an officer";
  state().law.issuers.push_back(
      {.party = ru(), .slug = "login", .url = "x", .keys = {{"of tokens", "", {}, ""}}});
  for (char const* taken : {"of an officer", "of tokens", "key of ru"})
    EXPECT_EQ(reason_of(rotation({{safe(taken)}, {}, 1})), ReasonCode::key_in_use) << taken;
  EXPECT_EQ(reason_of(rotation({{key("key of iq")}, {}, 0})), ReasonCode::none)
      << "of another party: not looked at";
  machine.must(rotation({{key("short-lived")}, {}, 0}));
  machine.must(revocation("short-lived", own));
  EXPECT_EQ(reason_of(rotation({{key("short-lived")}, {}, 0})), ReasonCode::key_in_use)
      << "also one that ended";
}

TEST_F(Keys, AKeyThatEndsSignsNothingMoreAndWhatItSignedStands) {
  machine.must(office("registry", own));
  machine.must(rotation({{key("new")}, {own}, 0}));
  EXPECT_EQ(reason_of(office("archive", own)), ReasonCode::revoked_key);
  EXPECT_EQ(reason_of(office("archive", "new")), ReasonCode::none);
  EXPECT_TRUE(state().law.find_office("ru/registry"));
  EXPECT_EQ(state().law.party(ru()).founding_key, own) << "texts go on naming it";
}

// Full powers: a key is registered for the acts it may sign.
TEST_F(Keys, AKeySignsTheActsItIsRegisteredFor) {
  machine.must(rotation({{key("offices", {CommandKind::register_office, CommandKind::rotate_key})}, {}, 0}));
  EXPECT_EQ(reason_of(office("registry", "offices")), ReasonCode::none);
  auto claim = signed_by_staff(CommandKind::sign, Machine::on("ru.nothing"));
  machine.sign(claim, "offices");
  EXPECT_EQ(reason_of(claim), ReasonCode::key_not_allowed);
  // It gives and ends no more than it may sign itself.
  EXPECT_EQ(reason_of(rotation({{key("all")}, {}, 0}, "offices")), ReasonCode::key_not_allowed);
  EXPECT_EQ(reason_of(rotation({{key("signs", {CommandKind::sign})}, {}, 0}, "offices")),
            ReasonCode::key_not_allowed);
  EXPECT_EQ(reason_of(rotation({{key("less", {CommandKind::register_office})}, {own}, 0}, "offices")),
            ReasonCode::key_not_allowed);
  EXPECT_EQ(reason_of(rotation({{safe("safe 1")}, {}, 1}, "offices")), ReasonCode::key_not_allowed);
  EXPECT_EQ(reason_of(revocation(own, "offices")), ReasonCode::key_not_allowed);
  EXPECT_EQ(reason_of(rotation({{key("less", {CommandKind::register_office})}, {}, 0}, "offices")),
            ReasonCode::none);
  // And a key that may not change keys is not what is left over.
  machine.must(rotation({{key("plain", {CommandKind::sign})}, {"offices"}, 0}));
  EXPECT_EQ(reason_of(revocation(own, own)), ReasonCode::last_key);
}

// A thief with the party's key: recovery keys outrank it, and it cannot touch them.
TEST_F(Keys, RecoveryKeysTakeThePartyBackFromAThief) {
  with_safes();
  machine.must(rotation({{key("of the thief")}, {own}, 0}));
  EXPECT_EQ(reason_of(revocation("safe 1", "of the thief")), ReasonCode::key_not_allowed);
  EXPECT_EQ(reason_of(rotation({{safe("of the thief too")}, {}, 0}, "of the thief")),
            ReasonCode::key_not_allowed);
  EXPECT_EQ(reason_of(rotation({{key("x")}, {}, 1}, "of the thief")), ReasonCode::key_not_allowed);
  EXPECT_EQ(reason_of(rotation({{key("mine")}, {"of the thief"}, 0}, "safe 1")),
            ReasonCode::too_few_signatures);
  EXPECT_EQ(reason_of(rotation({{key("mine")}, {"of the thief"}, 0}, "safe 1", {own})),
            ReasonCode::unknown_key)
      << "what signs beside a recovery key is one too";
  machine.must(rotation({{key("mine")}, {"of the thief"}, 0}, "safe 1", {"safe 3"}));
  EXPECT_EQ(reason_of(office("registry", "of the thief")), ReasonCode::revoked_key);
  EXPECT_EQ(reason_of(office("registry", "mine")), ReasonCode::none);
  EXPECT_EQ(reason_of(office("registry", "safe 1")), ReasonCode::unknown_key)
      << "a recovery key binds to nothing";
}

// --- revoke_key --------------------------------------------------------------------------------------------------------

TEST_F(Keys, RevokeKey) {
  RevokeKey body{"no such key"};
  refused(ReasonCode::not_permitted, by_guest(CommandKind::revoke_key, body));
  refused(ReasonCode::not_signed, by_staff(CommandKind::revoke_key, body));
  with_safes();
  refused(ReasonCode::too_few_signatures, revocation("no such key", "safe 1"));
  refused(ReasonCode::no_such_key, revocation("no such key", own));
  refused(ReasonCode::key_not_allowed, revocation("safe 1", own));
  machine.must(revocation("safe 3", "safe 1", {"safe 2"}));
  refused(ReasonCode::last_key, revocation("safe 2", "safe 1", {"safe 2"}));
  accepted(revocation(own, own));  // the last binding key, with recovery keys there
  EXPECT_EQ(reason_of(office("registry", own)), ReasonCode::revoked_key);
  expect_row(CommandKind::revoke_key);
}

TEST_F(Keys, TheLastBindingKeyStaysWhereThereAreNoRecoveryKeys) {
  EXPECT_EQ(reason_of(revocation(own, own)), ReasonCode::last_key);
  machine.must(rotation({{key("second")}, {}, 0}));
  machine.must(revocation(own, "second"));
  EXPECT_EQ(reason_of(revocation("second", "second")), ReasonCode::last_key);
}

TEST_F(Keys, AllRecoveryKeysEndTogether) {
  with_safes();
  machine.must(rotation({{key("second")}, {"safe 1", "safe 2", "safe 3"}, 0}, "safe 1", {"safe 2"}));
  EXPECT_EQ(state().law.party(ru()).recovery_needed, 0u);
  machine.must(rotation({{safe("safe 4")}, {}, 1}, "second"));  // and a binding key may register others
}

// B6: no act of any kind counts twice, also one that ends the very key that signed it, or that only ends there.
TEST_F(Keys, B6_ActReplay) {
  auto const rotate = rotation({{key("new")}, {own}, 0});
  machine.must(rotate);
  EXPECT_EQ(state().law.party(ru()).last_seq, rotate.act->seq) << "though its key has ended";
  EXPECT_EQ(reason_of(rotate), ReasonCode::revoked_key);
  auto const refused_one = office("Not a slug", "new");
  EXPECT_FALSE(machine.ask(refused_one).accepted());
  EXPECT_EQ(reason_of(refused_one), ReasonCode::act_repeated);
  machine.must(rotation({{safe("safe 1")}, {}, 1}, "new"));
  auto const back = rotation({{key("third")}, {"new"}, 0}, "safe 1");
  machine.must(back);
  EXPECT_EQ(reason_of(back), ReasonCode::act_repeated);
  auto const limited = revocation("third", "third");
  machine.must(limited);
  EXPECT_EQ(state().law.party(ru()).last_seq, limited.act->seq);
  machine.must(recovery("given"));
  auto const object = objection("given", "safe 1");
  machine.must(object);
  EXPECT_EQ(reason_of(object), ReasonCode::act_repeated);
  auto refused_too = rotation({{key("fourth")}, {"no such key"}, 0}, "safe 1");
  EXPECT_FALSE(machine.ask(refused_too).accepted());
  EXPECT_EQ(reason_of(refused_too), ReasonCode::act_repeated) << "a refused act has used its number";
}

// --- recovery without any key ------------------------------------------------------------------------------------------

TEST_F(Keys, RecoverKey) {
  refused(ReasonCode::not_permitted, by_staff(CommandKind::recover_key, RecoverKey{"us", "given", {}}));
  refused(ReasonCode::unknown_party, recovery("given", "us"));
  machine.must(recovery("given"));
  refused(ReasonCode::recovery_under_way, recovery("another"));
  machine.must(objection("given", own));
  machine.now = machine.now + days(29);
  refused(ReasonCode::recovery_under_way, recovery("another"));
  machine.now = machine.now + days(1);
  refused(ReasonCode::key_in_use, recovery(own));
  accepted(recovery("another"));
  expect_row(CommandKind::recover_key);
}

TEST_F(Keys, ObjectToRecovery) {
  ObjectToRecovery const body{"given"};
  refused(ReasonCode::not_permitted, by_guest(CommandKind::object_to_recovery, body));
  refused(ReasonCode::not_signed, by_staff(CommandKind::object_to_recovery, body));
  refused(ReasonCode::no_such_recovery, objection("given", own));
  machine.must(recovery("given"));
  refused(ReasonCode::no_such_recovery, objection("another", own));
  machine.must(rotation({{key("limited", {CommandKind::sign}), key("ended")}, {}, 0}));
  expect_row(CommandKind::object_to_recovery);
}

// B5: the host cannot become a party. Whoever holds a key objects, and the host waits for three days.
TEST_F(Keys, B5_HostCanBecomeAParty) {
  machine.must(rotation({{key("limited", {CommandKind::sign}), key("ended")}, {}, 0}));
  machine.must(revocation("ended", own));
  machine.must(recovery("of the host"));
  EXPECT_EQ(reason_of(office("registry", "of the host")), ReasonCode::unknown_key)
      << "nothing has changed yet";
  EXPECT_EQ(reason_of(objection("of the host", "ended")), ReasonCode::revoked_key)
      << "a key that the party itself has ended says nothing for it any more";
  pulse(hours(71));
  EXPECT_EQ(reason_of(office("registry", own)), ReasonCode::none);
  machine.must(objection("of the host", "limited"));  // any key that holds, whatever else it may sign
  pulse(hours(2));
  EXPECT_EQ(reason_of(office("registry", "of the host")), ReasonCode::unknown_key);
  EXPECT_EQ(reason_of(office("registry", own)), ReasonCode::none);
}

TEST_F(Keys, AChangeByOnesOwnKeyEndsARecovery) {
  machine.must(recovery("of the host"));
  machine.must(rotation({{key("second")}, {}, 0}));
  EXPECT_FALSE(state().law.recovery_of(ru()));
}

TEST_F(Keys, ARecoveryTakesEffectAfterThreeDaysOfOpenOperation) {
  with_safes();
  machine.must(recovery("given"));
  UtcTime const due = state().law.recovery_of(ru())->effective;
  EXPECT_EQ(due, machine.now + hours(72));
  EXPECT_EQ(state::next_deadline(state()), due);
  pulse(hours(80), hours(79));  // G14: nobody could object while the centre was down
  EXPECT_EQ(reason_of(office("registry", own)), ReasonCode::none);
  EXPECT_EQ(state::next_deadline(state()), due + hours(79));
  pulse(hours(71));
  EXPECT_EQ(reason_of(objection("given", "given")), ReasonCode::no_such_recovery) << "its time has come";
  EXPECT_EQ(reason_of(office("registry", own)), ReasonCode::revoked_key);
  EXPECT_EQ(reason_of(rotation({{key("x")}, {}, 0}, "safe 1", {"safe 2"})), ReasonCode::revoked_key);
  EXPECT_EQ(reason_of(office("registry", "given")), ReasonCode::none);
  EXPECT_EQ(state().law.party(ru()).recovery_needed, 0u);
}

// B5: on effect the party is suspended in each agreement until all the others have confirmed it.
TEST_F(Keys, ConfirmRecovery) {
  machine.party("us", {"staff"});
  machine.in_force("ru.pact", {"ru/staff", "iq/defence", "us/staff"}, {tests::grant_to_others()});
  AgreementKey const pact = AgreementKey(state().law.agreements.size() - 1);
  model::Text open = *state().law.agreement(pact).text;
  open.visibility.existence = open.visibility.text = model::Visible::to_public;
  state().law.agreement(pact).text = std::make_shared<model::Text const>(open);
  ConfirmRecovery body{Machine::on("ru.nothing"), "nobody", "given"};
  auto const by = [&](std::string const& office) {
    return machine.signed_by(office, CommandKind::confirm_recovery, body);
  };
  refused(ReasonCode::not_permitted, by_guest(CommandKind::confirm_recovery, body));
  refused(ReasonCode::not_signed, by_staff(CommandKind::confirm_recovery, body));
  refused(ReasonCode::unknown_agreement, by("iq/defence"));
  static_cast<OnText&>(body) = Machine::on("ru.pact");
  refused(ReasonCode::not_a_participant, machine.signed_by("ru/mfa", CommandKind::confirm_recovery, body));
  body.version = 2;
  refused(ReasonCode::wrong_text, by("iq/defence"));
  body.version = 1;
  state().law.agreement(pact).parts[state().law.find_party("iq")].to_confirm = {ru()};
  refused(ReasonCode::not_confirmed, by("iq/defence"));
  state().law.agreement(pact).parts.clear();
  refused(ReasonCode::unknown_party, by("iq/defence"));
  body.party = "ru";
  refused(ReasonCode::no_such_recovery, by("iq/defence"));
  machine.must(recovery("given"));
  machine.must(machine.contribution("ru/staff", "ru.pact", {.id = "indicator--1"}));
  pulse(hours(72));
  EXPECT_EQ(state().law.agreement(pact).standing_of(ru()), state::Standing::suspended);
  machine.must(by("iq/defence"));
  refused(ReasonCode::already_done, by("iq/defence"));
  expect_row(CommandKind::confirm_recovery);
  EXPECT_EQ(state().law.agreement(pact).standing_of(ru()), state::Standing::suspended) << "us has not yet";
  body.new_key = "another";
  EXPECT_EQ(reason_of(by("us/staff")), ReasonCode::no_such_recovery);
  body.new_key = "given";
  auto own_word = machine.signed_by("ru/staff", CommandKind::confirm_recovery, body);
  machine.sign(own_word, "given");
  EXPECT_EQ(reason_of(own_word), ReasonCode::not_confirmed) << "nobody confirms itself";
  machine.must(by("us/staff"));
  EXPECT_EQ(reason_of(own_word), ReasonCode::no_such_recovery) << "nor afterwards";
  EXPECT_EQ(state().law.agreement(pact).standing_of(ru()), state::Standing::party);
}

TEST_F(Keys, WhoHasLeftNeedNotConfirm) {
  machine.party("us", {"staff"});
  machine.in_force("ru.pact", {"ru/staff", "iq/defence", "us/staff"}, {tests::grant_to_others()});
  AgreementKey const pact = AgreementKey(state().law.agreements.size() - 1);
  machine.must(recovery("given"));
  pulse(hours(72));
  machine.must(machine.signed_by("iq/defence", CommandKind::confirm_recovery,
                                 ConfirmRecovery{Machine::on("ru.pact"), "ru", "given"}));
  state().law.agreement(pact).parts[state().law.find_party("us")].leaves_at = machine.now + hours(1);
  pulse(hours(1));
  EXPECT_EQ(state().law.agreement(pact).standing_of(ru()), state::Standing::party);
}

// --- officers of the host ----------------------------------------------------------------------------------------------

TEST_F(OfficersKeys, ALostKeyIsReplacedByTwoOthers) {
  a_third();
  machine.must(roles("third", model::role::host, "new key of third", {"first", "second"}));
  EXPECT_EQ(lift("third", Machine::key_of("third")), ReasonCode::unknown_key);
  EXPECT_EQ(lift("third", "new key of third"), ReasonCode::not_suspended) << "it signs";
  EXPECT_EQ(reason_of(roles("first", model::role::host, "new key of third", {"first", "second"})),
            ReasonCode::key_in_use);
}

// An officer who leaves: her key with the role, then she herself; and two always remain.
TEST_F(OfficersKeys, TwoMustRemain) {
  EXPECT_EQ(reason_of(roles("second", model::role::admin, "", {"first", "second"})),
            ReasonCode::too_few_officers);
  a_third();
  machine.must(roles("second", model::role::admin, "", {"first", "third"}));
  EXPECT_EQ(lift("second", Machine::key_of("second")), ReasonCode::not_permitted);
  machine.must(machine.make(Machine::Author::person, "hosting/operations", CommandKind::revoke_person,
                            RevokePerson{"second@hosting"}, "first"));
  EXPECT_EQ(reason_of(roles("third", model::role::admin, "", {"first", "third"})),
            ReasonCode::too_few_officers);
}

// What an officer who has left proposed before is nobody's any more.
TEST_F(OfficersKeys, AProposalEndsWithItsOfficer) {
  a_third();
  auto const proposal = machine.signed_by(
      "hosting/operations", CommandKind::propose_host_act,
      ProposeHostAct{CommandKind::recover_key, codec::encode(RecoverKey{"ru", "x", {}})}, "second");
  machine.must(proposal);
  machine.must(roles("second", model::role::admin, "", {"first", "third"}));
  EXPECT_EQ(reason_of(machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                                        CountersignHostAct{proposal.digest}, "first")),
            ReasonCode::no_such_proposal);
}

}  // namespace
}  // namespace comity::commands
