// What parties present, and officers do, while a journal that was put back serves nobody (25-isolation G15, commands/put_back.h).
#include "sequencer/put_back_fixture.h"

namespace comity::sequencer {
namespace {

TEST_F(PutBackTest, WhatWasTakenBackIsTakenBackAgain) {
  keep();
  Submission const lost = revoking();
  world.send(lost);
  restore_all();
  start();
  Author const feed = world.feed("iq/defence");
  EXPECT_NE(
      viewer_of(world.centre().read([](Glimpse const& glimpse) { return glimpse.state.law; }), feed).rights,
      0)
      << "an older state lets it in";
  EXPECT_TRUE(world.ask(lost).ruling.accepted());
  Index const size = found()->size;
  EXPECT_TRUE(record({size, size + 9, 1}).ruling.accepted());
  expect_open("test.example/e1");
  EXPECT_EQ(
      viewer_of(world.centre().read([](Glimpse const& glimpse) { return glimpse.state.law; }), feed).rights,
      0);
}

// Signed acts may have expired while the centre was away; that they are of the lost range shows by their seq.
TEST_F(PutBackTest, ASignedActOfTheLostRangeCountsThoughItHasExpired) {
  Submission const before = world.prepare_on("ru/staff", CommandKind::suspend, "ru.pact");
  contribute(2);
  world.advance(hours(2));
  contribute(3);
  keep();
  Submission const lost = world.prepare_on("iq/defence", CommandKind::withdraw, "ru.pact"),
                   unused = world.prepare_on("iq/defence", CommandKind::suspend, "ru.pact");
  world.send(lost);
  world.advance(hours(2));
  restore_all();
  start();
  EXPECT_EQ(reason_of(world.ask(before)), ReasonCode::act_expired) << "before the last record that is there";
  EXPECT_TRUE(world.ask(lost).ruling.accepted());
  EXPECT_EQ(reason_of(world.ask(lost)), ReasonCode::act_repeated);
  Index const size = found()->size;
  EXPECT_TRUE(record({size, size + 9, 1}).ruling.accepted());
  EXPECT_EQ(reason_of(world.ask(unused)), ReasonCode::wrong_centre) << "it opened without it";
  auto const standing = world.centre().read([&](Glimpse const& glimpse) {
    state::Law const& law = glimpse.state.law;
    return law.agreement(world_agreement(law)).standing_of(law.find_party("iq"));
  });
  EXPECT_NE(standing, state::Standing::party);
  expect_open("test.example/e1");
}

// A party presents what it finds, in the order in which it finds it.
TEST_F(PutBackTest, SignedActsComeInAnyOrder) {
  keep();
  Submission const first = world.prepare_on("iq/defence", CommandKind::suspend, "ru.pact"),
                   second = world.prepare_on("iq/defence", CommandKind::withdraw, "ru.pact");
  world.send(first);
  world.send(second);
  restore_all();
  start();
  EXPECT_TRUE(world.ask(second).ruling.accepted());
  world.restart();
  EXPECT_TRUE(world.ask(first).ruling.accepted());
  EXPECT_EQ(reason_of(world.ask(first)), ReasonCode::act_repeated);
  EXPECT_EQ(reason_of(world.ask(second)), ReasonCode::act_repeated);
  Index const size = found()->size;
  EXPECT_TRUE(record({size, size + 9, 1}).ruling.accepted());
  expect_open("test.example/e1");
}

TEST_F(PutBackTest, OfficersMaySuspendMeanwhileAndEndNoSuspension) {
  keep();
  restore_all();
  start();
  auto const ask = [&](Duration lasts) {
    commands::EmergencySuspend const body{"ru", "", lasts, "its machine is in wrong hands"};
    return world.ask_signed("hosting/operations", "first", CommandKind::propose_host_act,
                            commands::ProposeHostAct{CommandKind::emergency_suspend, codec::encode(body)},
                            &proposal_);
  };
  EXPECT_EQ(ask({}).kind, Answer::Kind::busy);
  EXPECT_TRUE(ask(hours(24)).ruling.accepted());
  EXPECT_TRUE(countersign().ruling.accepted());
}

// What is there is not done twice: the key says that it is the same.
TEST_F(PutBackTest, WhatWasNotLostGivesItsRulingAgain) {
  Submission kept_one = revoking();
  kept_one.command.idempotency_key = "kept";
  Index const index = world.ask(kept_one).index;
  keep();
  restore_all();
  start();
  Answer const again = world.ask(kept_one);
  EXPECT_EQ(again.kind, Answer::Kind::ruled);
  EXPECT_EQ(again.index, index);
}

// The revocation of a client may be what was lost, so no client presents anything.
TEST_F(PutBackTest, AClientPresentsNothing) {
  keep();
  restore_all();
  start();
  auto const deleting = [&](Author author) {
    return world.ask(world.prepare(author, CommandKind::delete_item,
                                   commands::DeleteItem{tests::numbered_id("indicator", 1), "", ""}));
  };
  EXPECT_EQ(deleting(world.feed("iq/defence")).kind, Answer::Kind::busy);
  EXPECT_TRUE(deleting(world.duty("iq/defence")).ruling.accepted());
}

TEST_F(PutBackTest, WhatWouldGiveIsNotTaken) {
  keep();
  restore_all();
  start();
  EXPECT_EQ(
      world
          .ask(world.prepare(world.duty("iq/defence"), CommandKind::register_client,
                             commands::RegisterClient{"iq/defence", "other", 15}, tests::password_verifier()))
          .kind,
      Answer::Kind::busy);
  for (auto const kind : {CommandKind::revoke_key, CommandKind::revoke_issuer,
                          CommandKind::object_to_recovery, CommandKind::suspend, CommandKind::withdraw})
    EXPECT_TRUE(commands::may_be_presented(kind)) << model::name_of(kind);
  for (auto const kind :
       {CommandKind::contribute, CommandKind::set_roles, CommandKind::sign, CommandKind::set_credential,
        CommandKind::register_party, CommandKind::consent_onward})
    EXPECT_FALSE(commands::may_be_presented(kind)) << model::name_of(kind);
  for (auto const kind :
       {CommandKind::revoke_key, CommandKind::suspend, CommandKind::withdraw, CommandKind::revoke_client,
        CommandKind::revoke_person, CommandKind::revoke_token, CommandKind::revoke_issuer,
        CommandKind::object_to_recovery, CommandKind::delete_item})
    EXPECT_TRUE(commands::may_be_presented(kind)) << model::name_of(kind);
}

}  // namespace
}  // namespace comity::sequencer
