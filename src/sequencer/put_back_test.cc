// A journal that was put back (25-isolation G15): nobody is served until two officers say what was lost, under a new origin;
// before that, parties present what must not come back (presented_test.cc).
#include "sequencer/put_back_fixture.h"

namespace comity::sequencer {
namespace {

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

TEST_F(PutBackTest, TheHeadFileRemembersWhatIsKnownAndThatNobodyIsServed) {
  keep();
  restore_all();
  ASSERT_TRUE(mark_as_put_back(world.data(), {0, 7}, world.seam().files));
  start();
  EXPECT_EQ(found()->epoch, 7u);
  Index const size = found()->size;
  auto const look = [&] { return InFlight::look_at(in_data("in-flight")).value(); };
  EXPECT_EQ(look().epoch, 7u) << "also while the log itself does not say it yet";
  EXPECT_EQ(look().restoring, Cause::restored);
  record({size, size, 8});
  EXPECT_EQ(look().epoch, 8u);
  EXPECT_FALSE(look().restoring);
}

TEST_F(PutBackTest, AHeadFileIsNeverMadeShorter) {
  world.stop();
  auto const size = fs::file_size(in_data("in-flight"));
  fs::resize_file(in_data("in-flight"), size + 100);
  start();
  expect_open("test.example");
  EXPECT_EQ(fs::file_size(in_data("in-flight")), size + 100) << "a newer program keeps more in it";
}

TEST_F(PutBackTest, KeysOfAnotherCentreAreRefused) {
  TestCentre other(2);
  world.stop();
  fs::copy_file(other.data() + "/keys/prf", in_data("keys/prf"), fs::copy_options::overwrite_existing);
  auto const started = world.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::corrupt);
  EXPECT_NE(started.error().detail.find("another centre"), std::string::npos) << started.error().detail;
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

// --- acts of another epoch ----------------------------------------------------------------------------------------------------

TEST_F(PutBackTest, AnActCountsForItsEpochAndWhenPresentedForALostOne) {
  model::Command command;
  state::State state;
  state.centre.origin = "test.example";
  auto const epoch = [&](std::string const& centre, CommandKind kind) {
    command.kind = kind;
    command.act.emplace().centre = centre;
    return commands::epoch_of_act(state, command);
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
