// put_back and restored: what they are refused for, in the order of docs/rulings.md. What the centre does between the two:
// sequencer/put_back_test.cc.
#include "commands/put_back.h"

#include <gtest/gtest.h>

#include "refusals.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::ReasonCode;
using tests::Machine;
using Cause = state::Restoring::Cause;

class PutBacks : public tests::Refusals {
 protected:
  model::Command restored(Restored const& body) {
    auto const proposal =
        machine.signed_by("hosting/operations", CommandKind::propose_host_act,
                          ProposeHostAct{CommandKind::restored, codec::encode(body)}, "first");
    machine.must(proposal);
    return machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                             CountersignHostAct{proposal.digest}, "second");
  }
  void must_have_keys(std::vector<std::string> const& ids, std::vector<CommandKind> const& acts = {}) {
    RotateKey body;
    for (std::string const& id : ids) body.keys.push_back({id, {}, model::KeyPurpose::bind, acts});
    machine.must(Machine::also_by(signed_by_staff(CommandKind::rotate_key, body), ids));
  }
  ReasonCode reason_of(model::Command const& command) {
    auto const verdict = machine.decide(command);
    return verdict.ruling.accepted() ? ReasonCode::none : verdict.ruling.reasons[0].code;
  }
  void pulse(Duration after, Duration outage = {}) {
    machine.now = machine.now + after;
    machine.must(machine.make(Machine::Author::system, "", CommandKind::pulse, Pulse{outage, 0, {}}), false);
  }
  model::Command found(PutBack const& body) {
    return machine.make(Machine::Author::system, "", CommandKind::put_back, body);
  }
};

TEST_F(PutBacks, PutBackIsTheCentresOwn) {
  PutBack const body{Cause::shorter, 10, 12, 0, {}};
  refused(ReasonCode::not_permitted, by_staff(CommandKind::put_back, body));
  refused(ReasonCode::not_permitted,
          machine.make(Machine::Author::person, "hosting/operations", CommandKind::put_back, body, "first"));
  accepted(found(body));
  ASSERT_TRUE(state().restoring);
  EXPECT_EQ(state().restoring->size, 10u);
  expect_row(CommandKind::put_back);
}

TEST_F(PutBacks, WhatIsFoundAgainOnlyKnowsMore) {
  accepted(found({Cause::restored, 10, 0, 3, machine.now}));
  accepted(found({Cause::shorter, 14, 40, 0, machine.now}));
  accepted(found({Cause::copied, 15, 20, 1, machine.now}));
  EXPECT_EQ(state().restoring->cause, Cause::restored);
  EXPECT_EQ(state().restoring->size, 10u);
  EXPECT_EQ(state().restoring->known, 40u);
  EXPECT_EQ(state().restoring->epoch, 3u);
}

TEST_F(PutBacks, Restored) {
  Restored body{9, 9, 0};
  refused(ReasonCode::not_permitted,
          machine.signed_by("hosting/operations", CommandKind::restored, body, "first"));
  refused(ReasonCode::not_put_back, restored(body));
  accepted(found({Cause::shorter, 10, 12, 0, {}}));
  refused(ReasonCode::other_size, restored(body));
  body = {10, 11, 0};
  refused(ReasonCode::other_size, restored(body));
  body.to = 12;
  refused(ReasonCode::epoch_used, restored(body));
  body.epoch = UINT32_MAX;
  refused(ReasonCode::epoch_too_high, restored(body));
  body.epoch = limits::epochs_ahead + 1;
  refused(ReasonCode::epoch_too_high, restored(body));
  body.epoch = 1;
  accepted(restored(body));
  EXPECT_FALSE(state().restoring);
  EXPECT_EQ(state().centre.epoch, 1u);
  EXPECT_TRUE(state().centre.origin_now().ends_with("/e1"));
  expect_row(CommandKind::restored);
}

// --- what is presented -----------------------------------------------------------------------------------------------------

// 25-isolation G8, G15: each act once, in any order, above what was there.
TEST_F(PutBacks, WhatIsPresentedCountsOnceInAnyOrder) {
  must_have_keys({"one", "two", "three"});
  uint64_t const last = state().law.party(ru()).last_seq;
  accepted(found({Cause::restored, 10, 0, 0, machine.now}));
  auto const revocation = [&](std::string const& key, uint64_t seq) {
    auto command = signed_by_staff(CommandKind::revoke_key, RevokeKey{key});
    command.act->seq = seq;
    return command;
  };
  accepted(revocation("two", last + 2));
  EXPECT_EQ(state().law.party(ru()).last_seq, last + 2);
  accepted(revocation("one", last + 1));
  EXPECT_EQ(reason_of(revocation("three", last + 1)), ReasonCode::act_repeated);
  EXPECT_EQ(reason_of(revocation("three", last + 2)), ReasonCode::act_repeated);
  EXPECT_EQ(reason_of(revocation("three", last)), ReasonCode::act_repeated) << "it is there already";
  EXPECT_EQ(state().law.party(ru()).last_seq, last + 2);
  accepted(restored({10, 20, 1}));
  auto late = revocation("three", last + 2);
  late.act->centre = state().centre.origin_now();
  EXPECT_EQ(reason_of(late), ReasonCode::act_repeated);
}

// The answer to a stolen key: what ends it may put another in its place, and nothing beyond that.
TEST_F(PutBacks, ARotationThatOnlyReplacesIsPresented) {
  must_have_keys({"limited"}, {CommandKind::sign});
  auto const rotation = [&](RotateKey const& body) {
    auto command = signed_by_staff(CommandKind::rotate_key, body);
    std::vector<std::string> made;
    for (NewKey const& one : body.keys) made.push_back(one.id);
    return Machine::also_by(std::move(command), made);
  };
  auto const taken = [&](RotateKey const& body) { return is_taken_meanwhile(state(), rotation(body)); };
  std::string const own = Machine::key_of("ru");
  NewKey const made{"new", {}, model::KeyPurpose::bind, {}},
      less{"less", {}, model::KeyPurpose::bind, {CommandKind::sign}};
  EXPECT_FALSE(is_presented(state(), rotation({{made}, {own}, 0})));
  accepted(found({Cause::restored, 10, 0, 0, machine.now}));
  EXPECT_TRUE(taken({{less}, {own}, 0}));
  EXPECT_TRUE(taken({{less}, {"limited"}, 0}));
  EXPECT_FALSE(taken({{made}, {}, 0})) << "nothing ends";
  EXPECT_FALSE(taken({{made}, {"limited"}, 0})) << "it may more than what ends";
  EXPECT_FALSE(taken({{made, less}, {own}, 0})) << "more than end";
  EXPECT_FALSE(taken({{{"safe", {}, model::KeyPurpose::recovery, {}}}, {own}, 0}));
  EXPECT_FALSE(taken({{made}, {own}, 1}));
  EXPECT_FALSE(taken({{made}, {"no key of ru"}, 0}));
  ASSERT_TRUE(taken({{made}, {own}, 0}));
  accepted(rotation({{made}, {own}, 0}));
  EXPECT_EQ(reason_of(signed_by_staff(CommandKind::object_to_recovery, ObjectToRecovery{"x"})),
            ReasonCode::revoked_key);
}

// The host's own narrowing, by two officers: before anything else can be asked of them.
TEST_F(PutBacks, OfficersMayLoseTheRoleOrHaveAnotherKeyMeanwhile) {
  accepted(found({Cause::restored, 10, 0, 0, machine.now}));
  std::string const office = "hosting/operations";
  PersonKey const first = state().law.find_person("first@hosting");
  model::Roles const has = roles_in(state().law, first, state().law.find_office(office));
  auto const taken = [&](SetRoles const& body) {
    return is_taken_meanwhile(
        state(), machine.signed_by(office, CommandKind::propose_host_act,
                                   ProposeHostAct{CommandKind::set_roles, codec::encode(body)}, "first"));
  };
  EXPECT_TRUE(taken({"first@hosting", office, has & ~model::role::host, "", {}}));
  EXPECT_TRUE(taken({"first@hosting", office, 0, "", {}}));
  EXPECT_TRUE(taken({"first@hosting", office, has, "another key", {}}));
  EXPECT_FALSE(taken({"first@hosting", office, model::Roles(63) & ~has, "", {}}))
      << "a role that she had not";
  EXPECT_FALSE(taken({"duty@ru", "ru/staff", 0, "", {}})) << "of no officer";
  EXPECT_FALSE(taken({"nobody@hosting", office, 0, "", {}}));
}

// --- time ------------------------------------------------------------------------------------------------------------------

// G14, B5: three days of open operation. While nobody is served nobody can object, and none of that time counts, however often
// the centre is restarted meanwhile.
TEST_F(PutBacks, NoRecoveryTakesEffectMeanwhileAndEachHasThatTimeLonger) {
  auto const filed = machine.signed_by(
      "hosting/operations", CommandKind::propose_host_act,
      ProposeHostAct{CommandKind::recover_key, codec::encode(RecoverKey{"ru", "of the host", {}})}, "first");
  machine.must(filed);
  machine.must(machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                                 CountersignHostAct{filed.digest}, "second"));
  UtcTime const due = state().law.recovery_of(ru())->effective;
  machine.now = machine.now + hours(10);
  UtcTime const last = machine.now;
  machine.now = machine.now + hours(5);
  accepted(found({Cause::restored, 10, 0, 0, last}));
  EXPECT_EQ(state::next_deadline(state()), never);
  pulse(hours(50), hours(5));
  pulse(hours(50), hours(20));
  ASSERT_TRUE(state().law.recovery_of(ru())) << "it did not take effect";
  EXPECT_EQ(state().law.recovery_of(ru())->effective, due);
  auto objection = signed_by_staff(CommandKind::object_to_recovery, ObjectToRecovery{"of the host"});
  EXPECT_EQ(reason_of(objection), ReasonCode::none);
  accepted(restored({10, 20, 1}));
  ASSERT_TRUE(state().law.recovery_of(ru()));
  EXPECT_EQ(state().law.recovery_of(ru())->effective, due + (machine.now - last));
  EXPECT_EQ(state::next_deadline(state()), due + (machine.now - last));
  pulse(hours(61));
  EXPECT_TRUE(state().law.recovery_of(ru()));
  pulse(hours(2));
  EXPECT_FALSE(state().law.recovery_of(ru())) << "its time has come";
}

}  // namespace
}  // namespace comity::commands
