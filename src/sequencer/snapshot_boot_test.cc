// Boot from a snapshot (25-isolation G15, E9): only from one whose digest the log holds. To see which one was used, the
// tests store snapshots that give the centre another name than record 0 did.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "centre_fixture.h"
#include "commands/pulse.h"
#include "journal/faulty_vfs.h"
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
    auto const digest = journal::put_snapshot(snapshots_path(world.data()), made.index, octets_of(image));
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

// E9: whoever replays finds a snapshot that the log holds and that is not what the records add up to.
TEST_F(SnapshotBoot, OneThatDisagreesWithTheRecordsIsFound) {
  Index const size = tests::next_index(world.centre());
  auto const by_snapshot = [&](Index upto) {
    return state_by_snapshot(world.data(), world.centre().reader(), upto).value();
  };
  EXPECT_FALSE(by_snapshot(size)) << "there is none";
  auto const made = take_snapshot(world.data());
  ASSERT_TRUE(made);
  note(*made);
  world.party("iq", {"defence"});
  auto const replayed = tests::replayed(world.centre(), Redecide::no);
  EXPECT_EQ(by_snapshot(replayed.records), replayed.state);
  EXPECT_FALSE(by_snapshot(made->index - 1)) << "it is of more records";
  EXPECT_EQ(start_begins_at(world.data(), world.centre().reader()), made->index);
  note(store("edited"));
  EXPECT_NE(by_snapshot(replayed.records + 1), tests::replayed(world.centre(), Redecide::no).state);
}

// --- a disk that fails -----------------------------------------------------------------------------------------------------

using journal::FaultyDisk;

class SnapshotDisk : public SnapshotBoot, public testing::WithParamInterface<FaultyDisk::Failure> {
 protected:
  void expect_started_as_the_records_say(uint64_t n) {
    auto const started = world.start();
    ASSERT_TRUE(started) << n << ": " << started.error().detail;
    EXPECT_EQ(tests::replayed(world.centre(), Redecide::no).state, tests::state_digest(world.centre())) << n;
  }
  bool is_in_the_log(Snapshotted const& made) {
    bool found = false;
    auto const visit = [&](model::Record&& record, Digest const&) -> Result<void> {
      if (record.command.kind != model::CommandKind::pulse) return {};
      auto const pulse = codec::decode<commands::Pulse>(record.command.body);
      found |= pulse->snapshot_index == made.index && pulse->snapshot == made.digest;
      return {};
    };
    EXPECT_TRUE(world.centre().reader().scan(0, journal::Reader::Check::leaves, visit));
    return found;
  }
  Answer ask_to_note(Snapshotted const& made) {
    model::Command command;
    command.body = codec::encode(commands::Pulse{{}, made.index, made.digest});
    return world.ask({std::move(command)});
  }

  journal::TestFolder folder_;
};

// The snapshot is put, and its note fails: it is used only if the note is durable, and a note that was acknowledged is.
TEST_P(SnapshotDisk, OneIsUsedOnlyIfItsNoteIsDurable) {
  world.stop();
  tests::copy_data(world.data(), folder_.file("kept"));
  uint64_t n = 1;
  for (bool failed = true; failed; ++n) {
    tests::copy_data(folder_.file("kept"), world.data());
    Snapshotted made;
    bool told = false;
    {
      FaultyDisk disk;
      ASSERT_TRUE(world.start());
      made = take_snapshot(world.data()).value();
      disk.fail_at(n, GetParam());
      told = ask_to_note(made).kind == Answer::Kind::ruled;
      failed = disk.failed();
      disk.kill_process();
      world.stop();
      disk.restart();
    }
    expect_started_as_the_records_say(n);
    bool const noted = is_in_the_log(made);
    EXPECT_TRUE(noted || !told) << n;
    EXPECT_EQ(start_begins_at(world.data(), world.centre().reader()).value() == made.index, noted) << n;
    world.stop();
    ASSERT_FALSE(HasFailure());
  }
  EXPECT_GT(n, 2u);
}

// The child that makes it dies at any operation; so does a start, whichever file it was at.
TEST_P(SnapshotDisk, NeitherAPutNorAStartThatFailsIsInTheWay) {
  note(take_snapshot(world.data()).value());
  world.party("iq", {"defence"});
  world.stop();
  tests::copy_data(world.data(), folder_.file("kept"));
  for (bool const puts : {true, false}) {
    uint64_t n = 1;
    for (bool failed = true; failed; ++n) {
      tests::copy_data(folder_.file("kept"), world.data());
      {
        FaultyDisk disk;
        disk.fail_at(n, GetParam());
        if (puts)
          static_cast<void>(take_snapshot(world.data()));
        else
          static_cast<void>(world.start());
        failed = disk.failed();
        disk.kill_process();
        world.stop();
        disk.restart();
      }
      expect_started_as_the_records_say(n);
      EXPECT_NE(start_begins_at(world.data(), world.centre().reader()).value(), 0u) << n;
      world.stop();
      ASSERT_FALSE(HasFailure());
    }
    EXPECT_GT(n, 3u);
  }
}

INSTANTIATE_TEST_SUITE_P(EveryOperation, SnapshotDisk,
                         testing::Values(FaultyDisk::Failure::not_done, FaultyDisk::Failure::done));

}  // namespace
}  // namespace comity::sequencer
