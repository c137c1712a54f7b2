// A journal that was put back (25-isolation G15): nobody is served until two officers say what was lost, under a new origin;
// before that, parties present what must not come back.
#include "sequencer/put_back.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "centre_fixture.h"
#include "machine_state.h"
#include "sequencer/backup.h"

namespace comity::sequencer {
namespace {

namespace fs = std::filesystem;
using model::CommandKind;
using model::ReasonCode;
using Cause = state::Restoring::Cause;
using tests::TestCentre;

class PutBackTest : public testing::Test {
 protected:
  PutBackTest() {
    world.party("ru", {"staff"});
    world.party("iq", {"defence"});
    world.in_force("ru.pact", {"ru/staff", "iq/defence"}, {tests::grant_clause("all")});
    contribute(1);
  }

  void contribute(int number) { world.contribute("iq/defence", "ru.pact", tests::indicator_object(number)); }
  std::string in_data(std::string const& name) const { return world.data() + "/" + name; }
  std::string kept(std::string const& name) const { return folder_.file(name); }

  // The journal as it is now; later it takes the place of the one that is there then.
  void keep() {
    fs::remove(kept("b"));
    ASSERT_TRUE(back_up({world.data(), kept("b"), {}}, world.seam(), [](Index) {}));
  }
  void put_journal_back() {
    world.stop();
    ASSERT_TRUE(restore({kept("b"), kept("again"), {}, ""}, world.seam(), [](Index) {}));
    for (char const* rest : {"", "-wal", "-shm"}) fs::remove(journal_path(world.data()) + rest);
    fs::copy_file(journal_path(kept("again")), journal_path(world.data()));
    fs::remove_all(kept("again"));
  }
  // As `comity restore` does it where the directory was.
  void restore_all(std::string const& head = "") {
    world.stop();
    fs::remove_all(kept("lost"));
    fs::rename(world.data(), kept("lost"));
    ASSERT_TRUE(restore({kept("b"), world.data(), {}, head.empty() ? "" : kept("lost/" + head)}, world.seam(),
                        [](Index) {}));
  }
  void start() {
    auto const started = world.start();
    ASSERT_TRUE(started) << started.error().detail;
  }

  std::optional<state::Restoring> found() {
    return world.centre().read([](Glimpse const& glimpse) { return glimpse.state.restoring; });
  }
  void expect_found(Cause cause, Index size, Index known) {
    ASSERT_TRUE(found());
    EXPECT_EQ(found()->cause, cause);
    EXPECT_EQ(found()->size, size);
    EXPECT_EQ(found()->known, known);
    EXPECT_TRUE(world.centre().serves_nobody());
    EXPECT_STREQ(world.centre().health(), "failing");
    EXPECT_TRUE(world.centre().vitals().restoring);
    expect_nothing_is_taken();
  }
  void expect_nothing_is_taken() {
    Index const before = tests::next_index(world.centre());
    EXPECT_EQ(world.contribute_all("iq/defence", "ru.pact", {tests::indicator_object(99)})[0].kind,
              Answer::Kind::busy);
    EXPECT_EQ(world
                  .ask_signed("hosting/operations", "first", CommandKind::propose_host_act,
                              commands::ProposeHostAct{CommandKind::adopt_ruleset,
                                                       codec::encode(commands::AdoptRuleset{1})})
                  .kind,
              Answer::Kind::busy);
    EXPECT_EQ(tests::next_index(world.centre()), before);
  }

  Answer propose(commands::Restored const& body) {
    return world.ask_signed("hosting/operations", "first", CommandKind::propose_host_act,
                            commands::ProposeHostAct{CommandKind::restored, codec::encode(body)}, &proposal_);
  }
  Answer countersign() {
    return world.ask_signed("hosting/operations", "second", CommandKind::countersign_host_act,
                            commands::CountersignHostAct{proposal_});
  }
  Answer record(commands::Restored const& body) {
    EXPECT_TRUE(propose(body).ruling.accepted());
    return countersign();
  }
  void expect_open(std::string const& origin) {
    EXPECT_FALSE(world.centre().serves_nobody());
    EXPECT_STREQ(world.centre().health(), "ok");
    EXPECT_EQ(world.centre().read([](Glimpse const& glimpse) { return glimpse.state.centre.origin_now(); }),
              origin);
    auto const replayed = tests::replayed(world.centre(), Redecide::yes);
    EXPECT_FALSE(replayed.mismatch) << "record " << *replayed.mismatch;
    EXPECT_EQ(replayed.state, tests::state_digest(world.centre()));
  }
  static AgreementKey world_agreement(state::Law const& law) {
    for (size_t i = 0; i < law.agreements.size(); ++i)
      if (law.agreements[i].id == "ru.pact") return AgreementKey(i);
    return {};
  }
  static ReasonCode reason_of(Answer const& answer) {
    return answer.ruling.accepted() ? ReasonCode::none : answer.ruling.reasons[0].code;
  }
  Submission revoking() {
    return world.prepare(world.duty("iq/defence"), CommandKind::revoke_client,
                         commands::RevokeClient{"iq/defence/feed"});
  }

  TestCentre world;
  journal::TestFolder folder_;
  Digest proposal_;
};

// --- what boot finds -----------------------------------------------------------------------------------------------------

TEST_F(PutBackTest, AShorterJournal) {
  keep();
  Index const size = tests::next_index(world.centre());
  contribute(2);
  Index const went_to = tests::next_index(world.centre());
  put_journal_back();
  start();
  expect_found(Cause::shorter, size, went_to);
  EXPECT_EQ(reason_of(record({size, size, 1})), ReasonCode::other_size) << "more is known to be lost";
  EXPECT_TRUE(record({size, went_to, 1}).ruling.accepted());
  expect_open("test.example/e1");
}

TEST_F(PutBackTest, AnotherHistory) {
  keep();
  contribute(2);
  world.stop();
  fs::copy_file(in_data("in-flight"), kept("head"));
  put_journal_back();
  fs::remove(in_data("in-flight"));
  start();
  Index const size = found()->size;
  record({size, size, 1});
  for (int number = 3; number < 9; ++number) contribute(number);
  Index const now = tests::next_index(world.centre());
  world.stop();
  std::ofstream(in_data("in-flight"), std::ios::binary)
      << std::ifstream(kept("head"), std::ios::binary).rdbuf();
  start();
  ASSERT_TRUE(found());
  EXPECT_EQ(found()->cause, Cause::another);
  EXPECT_EQ(found()->size, now);
}

TEST_F(PutBackTest, NoHeadFile) {
  Index const size = tests::next_index(world.centre());
  world.stop();
  fs::remove(in_data("in-flight"));
  start();
  expect_found(Cause::no_head, size, 0);
  EXPECT_TRUE(record({size, size, 1}).ruling.accepted()) << "nothing was lost, say two officers";
  expect_open("test.example/e1");
}

TEST_F(PutBackTest, AnEmptyHeadFileIsNone) {
  Index const size = tests::next_index(world.centre());
  world.stop();
  std::ofstream(in_data("in-flight"), std::ios::trunc);
  start();
  expect_found(Cause::no_head, size, 0);
}

TEST_F(PutBackTest, ACopiedDirectory) {
  Index const size = tests::next_index(world.centre());
  world.stop();
  fs::copy(world.data(), kept("copy"), fs::copy_options::recursive);
  fs::remove_all(world.data());
  fs::copy(kept("copy"), world.data(), fs::copy_options::recursive);
  start();
  expect_found(Cause::copied, size, size);
  EXPECT_TRUE(record({size, size, 1}).ruling.accepted());
  expect_open("test.example/e1");
  world.restart();
  expect_open("test.example/e1");
}

TEST_F(PutBackTest, ADirectoryThatWasRenamedIsTheSame) {
  world.stop();
  fs::rename(world.data(), kept("elsewhere"));
  fs::rename(kept("elsewhere"), world.data());
  start();
  expect_open("test.example");
}

// The last commit was not noted any more when the process or the machine died.
TEST_F(PutBackTest, AJournalThatGoesOnAfterItsHeadFileIsServed) {
  world.stop();
  fs::copy_file(in_data("in-flight"), kept("head"));
  start();
  contribute(2);
  world.stop();
  std::ofstream(in_data("in-flight"), std::ios::binary)
      << std::ifstream(kept("head"), std::ios::binary).rdbuf();
  start();
  expect_open("test.example");
}

TEST_F(PutBackTest, ARestoredDirectory) {
  keep();
  Index const size = tests::next_index(world.centre());
  contribute(2);
  restore_all();
  start();
  expect_found(Cause::restored, size, 0);
  EXPECT_FALSE(fs::exists(in_data("put-back"))) << "from here on the log says it";
  world.restart();
  expect_found(Cause::restored, size, 0);
}

TEST_F(PutBackTest, TheHeadFileOfWhatWasLostSaysHowFarTheLogWent) {
  keep();
  Index const size = tests::next_index(world.centre());
  contribute(2);
  Index const went_to = tests::next_index(world.centre());
  restore_all("in-flight");
  start();
  expect_found(Cause::restored, size, went_to);
}

TEST_F(PutBackTest, ADeathBeforeTheMarkIsGoneRecordsItTwice) {
  keep();
  Index const size = tests::next_index(world.centre());
  restore_all();
  start();
  world.stop();
  ASSERT_TRUE(mark_as_put_back(world.data(), {50'000, 0}, world.seam().files));
  start();
  expect_found(Cause::restored, size, 50'000);
  EXPECT_TRUE(record({size, 50'000, 1}).ruling.accepted());
  expect_open("test.example/e1");
}

// --- who says what was lost --------------------------------------------------------------------------------------------------

TEST_F(PutBackTest, TwoOfficersAndNobodyElse) {
  keep();
  Index const size = tests::next_index(world.centre());
  restore_all();
  start();
  EXPECT_EQ(
      reason_of(world.ask_signed(
          "ru/staff", "ru", CommandKind::propose_host_act,
          commands::ProposeHostAct{CommandKind::restored, codec::encode(commands::Restored{size, size, 1})})),
      ReasonCode::not_permitted);
  ASSERT_TRUE(propose({size, size, 1}).ruling.accepted());
  EXPECT_EQ(reason_of(world.ask_signed("hosting/operations", "first", CommandKind::countersign_host_act,
                                       commands::CountersignHostAct{proposal_})),
            ReasonCode::same_person);
  EXPECT_TRUE(world.centre().serves_nobody());
  world.restart();
  EXPECT_TRUE(countersign().ruling.accepted()) << "a proposal outlives a restart";
  expect_open("test.example/e1");
  EXPECT_EQ(reason_of(record({size, size, 2})), ReasonCode::not_put_back);
  contribute(5);
}

TEST_F(PutBackTest, TheSizesMustBeThoseThatWereFound) {
  keep();
  Index const size = tests::next_index(world.centre());
  restore_all();
  start();
  for (commands::Restored const& body :
       {commands::Restored{size - 1, size, 1}, commands::Restored{size + 1, size + 1, 1},
        commands::Restored{size, size - 1, 1}})
    EXPECT_EQ(reason_of(record(body)), ReasonCode::other_size);
  EXPECT_EQ(reason_of(record({size, size + 5, 0})), ReasonCode::epoch_used);
  EXPECT_TRUE(record({size, size + 5, 1}).ruling.accepted());
}

TEST_F(PutBackTest, AnEpochIsUsedOnce) {
  keep();
  for (uint32_t epoch = 1; epoch <= 2; ++epoch) {
    restore_all();
    start();
    EXPECT_EQ(found()->epoch, epoch - 1);
    Index const size = found()->size;
    EXPECT_TRUE(record({size, size, epoch}).ruling.accepted());
    expect_open("test.example/e" + std::to_string(epoch));
    keep();
  }
  restore_all();
  start();
  Index const size = found()->size;
  EXPECT_EQ(reason_of(record({size, size, 2})), ReasonCode::epoch_used);
  EXPECT_TRUE(record({size, size, 7}).ruling.accepted()) << "officers may know of more";
  expect_open("test.example/e7");
  restore_all("in-flight");
  start();
  EXPECT_EQ(found()->epoch, 7u) << "the head file of what was lost knows it";
}

// --- what parties present -----------------------------------------------------------------------------------------------------

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

// --- acts of another epoch ----------------------------------------------------------------------------------------------------

TEST_F(PutBackTest, AnActCountsForItsEpochAndWhenPresentedForALostOne) {
  model::SignedAct act;
  state::State state;
  state.centre.origin = "test.example";
  auto const epoch = [&](std::string const& centre, CommandKind kind) {
    act.centre = centre;
    return commands::epoch_of_act(state, act, kind);
  };
  constexpr CommandKind narrows = CommandKind::revoke_client, gives = CommandKind::sign;
  EXPECT_EQ(epoch("test.example", gives), 0u);
  EXPECT_FALSE(epoch("test.example/e1", narrows)) << "nothing was put back";
  state.centre.epoch = 2;
  EXPECT_EQ(epoch("test.example/e2", gives), 2u);
  EXPECT_FALSE(epoch("test.example", gives)) << "signed before the restore";
  EXPECT_FALSE(epoch("test.example", narrows));
  state.restoring.emplace();
  EXPECT_EQ(epoch("test.example/e3", narrows), 3u);
  EXPECT_FALSE(epoch("test.example/e3", gives));
  for (std::string const other :
       {"test.example/e1", "test.example/e03", "test.example/e", "test.example/e3x", "test.example/e-1",
        "other.example/e3", "test.example/e4294967295", "test.example/e99999999999"})
    EXPECT_FALSE(epoch(other, narrows)) << other;
}

TEST_F(PutBackTest, WhatWasSignedBeforeCountsNoMore) {
  keep();
  restore_all();
  start();
  Index const size = found()->size;
  auto const old = world.prepare_signed(
      "hosting/operations", "first", CommandKind::propose_host_act,
      commands::ProposeHostAct{CommandKind::adopt_ruleset, codec::encode(commands::AdoptRuleset{1})});
  EXPECT_TRUE(record({size, size, 1}).ruling.accepted());
  EXPECT_EQ(reason_of(world.ask(old)), ReasonCode::wrong_centre);
}

}  // namespace
}  // namespace comity::sequencer
