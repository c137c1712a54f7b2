// Rulesets (adopt_ruleset): every record names the one it was ruled on by, and a program that does not know it keeps its hands
// off the journal.
#include <gtest/gtest.h>

#include <filesystem>

#include "centre_fixture.h"
#include "machine_state.h"
#include "sequencer/backup.h"
#include "sequencer/batch.h"

namespace comity::sequencer {
namespace {

using commands::newest_ruleset;
using tests::TestCentre;

class Rulesets : public testing::Test {
 protected:
  Answer adopt(uint32_t ruleset) {
    Digest proposal;
    commands::ProposeHostAct const body{model::CommandKind::adopt_ruleset,
                                        codec::encode(commands::AdoptRuleset{ruleset})};
    world.ask_signed("hosting/operations", "first", model::CommandKind::propose_host_act, body, &proposal);
    return world.ask_signed("hosting/operations", "second", model::CommandKind::countersign_host_act,
                            commands::CountersignHostAct{proposal});
  }
  // As another program would have left it.
  void append(uint32_t ruleset, model::CommandKind kind, Bytes body) {
    Index const next = tests::next_index(world.centre());
    world.stop();
    auto const journal = journal::Journal::open(journal_path(world.data()), world.entropy);
    ASSERT_TRUE(journal);
    journal::Entry entry;
    entry.record.index = next;
    entry.record.time = world.clock.now();
    entry.record.ruleset = ruleset;
    entry.record.command = system_command(kind, std::move(body));
    ASSERT_TRUE((*journal)->append({&entry, 1}));
  }
  void expect_left_alone() {
    auto const started = world.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, ErrorCode::unsupported);
    auto const reader = journal::Reader::open(journal_path(world.data()));
    ASSERT_TRUE(reader);
    auto const replayed = replay(**reader, Redecide::no, [](Index) {});
    ASSERT_FALSE(replayed);
    EXPECT_EQ(replayed.error().code, ErrorCode::unsupported);
  }

  TestCentre world;
};

TEST_F(Rulesets, EveryRecordNamesIt) {
  ASSERT_TRUE(adopt(newest_ruleset).ruling.accepted());
  Index const last = tests::next_index(world.centre()) - 1;
  for (Index index = 0; index <= last; ++index) EXPECT_EQ(world.centre().reader().read(index)->ruleset, 1u);
}

// A program that knows it would have accepted it, so it is not decided again.
TEST_F(Rulesets, WhatThisProgramDidNotKnowIsNotDecidedAgain) {
  Answer const answer = adopt(newest_ruleset + 1);
  ASSERT_FALSE(answer.ruling.accepted());
  EXPECT_EQ(answer.ruling.reasons[0].code, model::ReasonCode::unknown_ruleset);
  auto const replayed = tests::replayed(world.centre(), Redecide::yes);
  EXPECT_FALSE(replayed.mismatch);
  EXPECT_EQ(replayed.not_decidable, 1u);
  EXPECT_EQ(replayed.state, tests::state_digest(world.centre()));
}

TEST_F(Rulesets, AJournalOfANewerProgramIsLeftAlone) {
  append(newest_ruleset + 1, model::CommandKind::pulse, codec::encode(commands::Pulse{}));
  expect_left_alone();
}

TEST_F(Rulesets, AJournalOfANewerProgramIsNeitherBackedUpNorRestored) {
  journal::TestFolder const folder;
  append(newest_ruleset + 1, model::CommandKind::pulse, codec::encode(commands::Pulse{}));
  auto const made = back_up({world.data(), folder.file("b"), {}}, world.seam(), [](Index) {});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::unsupported);
  EXPECT_FALSE(std::filesystem::exists(folder.file("b")));
}

TEST_F(Rulesets, AlsoIfTheAdoptionIsItsLastRecord) {
  append(newest_ruleset, model::CommandKind::adopt_ruleset,
         codec::encode(commands::AdoptRuleset{newest_ruleset + 1}));
  auto const started = world.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::unsupported);
}

TEST_F(Rulesets, ARecordUnderAnotherThanTheOneInForceIsFound) {
  append(0, model::CommandKind::pulse, codec::encode(commands::Pulse{}));
  auto const reader = journal::Reader::open(journal_path(world.data()));
  ASSERT_TRUE(reader);
  auto const replayed = replay(**reader, Redecide::yes, [](Index) {});
  ASSERT_TRUE(replayed);
  EXPECT_TRUE(replayed->mismatch);
}

}  // namespace
}  // namespace comity::sequencer
