// Boot from a snapshot (25-isolation G15, E9): only from one whose digest the log holds. To see which one was used, the
// tests store snapshots that give the centre another name than record 0 did.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "centre_fixture.h"
#include "commands/pulse.h"
#include "journal/snapshots.h"
#include "machine_state.h"

namespace comity::sequencer {
namespace {

using tests::TestCentre;

class SnapshotBoot : public testing::Test {
 protected:
  SnapshotBoot() { world.party("ru", {"staff"}); }

  // Stores the state as it is now under another name.
  Snapshotted store(std::string const& name) {
    Snapshotted made;
    Image image;
    image.state = world.centre().read([](Glimpse const& glimpse) { return glimpse.state; });
    image.log = world.centre().read([](Glimpse const& glimpse) { return glimpse.log; });
    image.state.centre.name = name;
    made.index = image.state.next_index;
    auto const digest = journal::put_snapshot(snapshots_path(world.data()), made.index, codec::encode(image));
    EXPECT_TRUE(digest);
    made.digest = *digest;
    return made;
  }
  void note(Snapshotted const& made) {
    model::Command command;
    command.body = codec::encode(commands::Pulse{{}, made.index, made.digest});
    world.send({std::move(command)});
  }
  std::string name() {
    return world.centre().read([](Glimpse const& glimpse) { return glimpse.state.centre.name; });
  }

  TestCentre world;
};

TEST_F(SnapshotBoot, OneThatTheLogHoldsIsBegunFrom) {
  note(store("noted"));
  world.restart();
  EXPECT_EQ(name(), "noted");
}

TEST_F(SnapshotBoot, OneThatItDoesNotIsIgnored) {
  store("never noted");
  world.restart();
  EXPECT_EQ(name(), "Test centre");
}

TEST_F(SnapshotBoot, AnOlderOneIsUsedWhenTheNewestIsNotNoted) {
  note(store("noted"));
  store("never noted");
  world.restart();
  EXPECT_EQ(name(), "noted");
}

TEST_F(SnapshotBoot, TheDigestMustBeNotedForThatIndex) {
  Snapshotted made = store("noted for another index");
  made.index += 1;
  note(made);
  world.restart();
  EXPECT_EQ(name(), "Test centre");
}

TEST_F(SnapshotBoot, ADamagedOneIsIgnored) {
  note(store("noted"));
  world.stop();
  std::string const path = snapshots_path(world.data());
  auto const size = std::filesystem::file_size(path);
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size / 2));
    file << std::string(size / 2, 'x');
  }
  ASSERT_TRUE(world.start());
  EXPECT_EQ(name(), "Test centre");
  world.stop();
  std::ofstream(path, std::ios::trunc) << "not a database at all, but long enough to be looked at as one";
  ASSERT_TRUE(world.start());
  EXPECT_EQ(name(), "Test centre");
}

TEST_F(SnapshotBoot, OneOfAnotherHistoryIsIgnored) {
  TestCentre other(2);
  ASSERT_TRUE(take_snapshot(other.data()));
  world.stop();
  std::filesystem::copy_file(snapshots_path(other.data()), snapshots_path(world.data()));
  ASSERT_TRUE(world.start());
  EXPECT_EQ(tests::replayed(world.centre(), Redecide::no).state, tests::state_digest(world.centre()));
}

TEST_F(SnapshotBoot, WhatIsTakenBesideARunningCentreIsItsState) {
  world.party("iq", {"defence"});
  world.in_force("ru.pact", {"ru/staff", "iq/defence"}, {tests::grant_clause("all")});
  world.contribute("iq/defence", "ru.pact", tests::indicator_object(1));
  for (int round = 0; round < 3; ++round) {
    auto const made = take_snapshot(world.data());
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(made->index, tests::next_index(world.centre()));
    note(*made);
    world.contribute("iq/defence", "ru.pact", tests::indicator_object(2 + round));
    world.restart();
    EXPECT_EQ(tests::replayed(world.centre(), Redecide::yes).state, tests::state_digest(world.centre()));
    EXPECT_FALSE(tests::replayed(world.centre(), Redecide::yes).mismatch);
  }
}

// E9: a new snapshot is made from the log, never from an edited one that happens to lie there.
TEST_F(SnapshotBoot, ANewOneIsNotBuiltOnOneThatWasNeverNoted) {
  store("edited");
  world.ask(world.prepare(world.feed("ru/staff"), model::CommandKind::revoke_token,
                          commands::RevokeToken{"a", "ru/staff/feed"}));
  auto const made = take_snapshot(world.data());
  ASSERT_TRUE(made);
  note(*made);
  world.restart();
  EXPECT_EQ(name(), "Test centre");
}

}  // namespace
}  // namespace comity::sequencer
