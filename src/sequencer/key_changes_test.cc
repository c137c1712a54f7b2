// Keys that change while acts wait for the writer (15-forms 1): what a record says of a signature is what the law before it gives,
// so that `comity replay --decide` finds the same and nobody can make it stop.
#include <gtest/gtest.h>

#include "centre_fixture.h"
#include "machine_state.h"

namespace comity::sequencer {
namespace {

using model::CommandKind;
using model::ReasonCode;
using tests::replayed;
using tests::TestCentre;

class KeyChanges : public testing::Test {
 protected:
  KeyChanges() { world.party("ru", {"staff"}); }

  struct Signed {
    CommandKind kind;
    Bytes body;
    json::Object members = {};
  };
  Submission signed_by(crypto::SecretKey const& key, Signed act,
                       std::vector<crypto::SecretKey> const& others = {}) {
    act.members["kind"] = model::name_of(act.kind);
    act.members["centre"] = "test.example";
    act.members["party"] = "ru";
    act.members["founding_key"] = crypto::key_id(world.key("ru").public_key());
    act.members["office"] = "ru/staff";
    act.members["key"] = crypto::key_id(key.public_key());
    act.members["seq"] = ++seq;
    act.members["not_after"] = to_text(world.clock.now() + hours(1));
    forms::Prepared made;
    made.command.kind = act.kind;
    made.command.body = std::move(act.body);
    auto const document = forms::sign_act(act.members, key, others);
    EXPECT_TRUE(document) << document.error().detail;
    made.command.act = forms::read_act(json::write(*document)).value();
    return prepare(world.centre(), world.duty("ru/staff"), std::move(made));
  }
  Submission bringing(crypto::SecretKey const& made) {
    commands::RotateKey const body{{{crypto::key_id(made.public_key()), made.public_key().octets}}, {}, 0};
    return signed_by(world.key("ru"), {CommandKind::rotate_key, codec::encode(body)}, {made});
  }
  void expect_replayed() { EXPECT_FALSE(replayed(world.centre(), Redecide::yes).mismatch); }

  TestCentre world;
  crypto::SecretKey const second = crypto::SecretKey::from_seed(Bytes(32, '2')).value();
  int64_t seq = 1'000;
};

TEST_F(KeyChanges, AKeyThatTheSameListBringsSignsInIt) {
  std::vector<Submission> list;
  list.push_back(bringing(second));
  list.push_back(
      signed_by(second, {CommandKind::register_office, codec::encode(commands::RegisterOffice{"registry"})}));
  EXPECT_FALSE(list[1].command.act->verified) << "there is no such key yet";
  for (Answer const& answer : world.centre().submit_and_wait(std::move(list)))
    EXPECT_TRUE(answer.ruling.accepted());
  expect_replayed();
}

TEST_F(KeyChanges, WhatItDoesNotHoldForIsNoSignature) {
  std::vector<Submission> list;
  list.push_back(bringing(second));
  list.push_back(
      signed_by(second, {CommandKind::register_office, codec::encode(commands::RegisterOffice{"registry"})}));
  list[1].command.act->signatures[0].value[0] ^= 1;
  auto const answers = world.centre().submit_and_wait(std::move(list));
  EXPECT_EQ(answers[1].ruling.reasons[0].code, ReasonCode::bad_signature);
  expect_replayed();
}

// Two officers replace the key of one while an act of hers waits.
TEST_F(KeyChanges, AnOfficersKeyIsReplacedBeforeHerAct) {
  commands::SetRoles const roles{"first@hosting", "hosting/operations",
                                 commands::ordinary_roles | model::role::host,
                                 crypto::key_id(second.public_key()), second.public_key().octets};
  Digest proposal;
  world.ask_signed("hosting/operations", "second", CommandKind::propose_host_act,
                   commands::ProposeHostAct{CommandKind::set_roles, codec::encode(roles)}, &proposal);
  std::vector<Submission> list;
  list.push_back(world.prepare_signed("hosting/operations", "first", CommandKind::countersign_host_act,
                                      commands::CountersignHostAct{proposal}));
  list.push_back(world.prepare_signed("hosting/operations", "first", CommandKind::lift_fault_suspension,
                                      commands::LiftFaultSuspension{"ru/staff", CommandKind::sign}));
  EXPECT_TRUE(list[1].command.act->verified);
  auto const answers = world.centre().submit_and_wait(std::move(list));
  EXPECT_TRUE(answers[0].ruling.accepted());
  EXPECT_EQ(answers[1].ruling.reasons[0].code, ReasonCode::unknown_key);
  expect_replayed();
}

}  // namespace
}  // namespace comity::sequencer
