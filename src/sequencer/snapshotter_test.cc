// The child that makes snapshots, played by a shell.
#include "sequencer/snapshotter.h"

#include <gtest/gtest.h>

#include <atomic>

#include "centre_fixture.h"
#include "commands/pulse.h"
#include "machine_state.h"

namespace comity::sequencer {
namespace {

std::string const digest_text = std::string(62, 'a') + "b1";

class SnapshotterTest : public testing::Test {
 protected:
  SnapshotOptions child(std::string const& script) {
    SnapshotOptions options;
    options.command = {"/bin/sh", "-c", script};
    options.records = 100;
    options.pause = milliseconds(1);
    options.report = [this](std::string const& what) {
      std::lock_guard const guard(lock_);
      reports_.push_back(what);
    };
    return options;
  }
  std::function<Result<void>(Snapshotted const&)> noting() {
    return [this](Snapshotted const& made) -> Result<void> {
      std::lock_guard const guard(lock_);
      notes_.push_back(made);
      return {};
    };
  }
  size_t notes() {
    std::lock_guard const guard(lock_);
    return notes_.size();
  }
  size_t reports() {
    std::lock_guard const guard(lock_);
    return reports_.size();
  }
  // Ten seconds at most.
  template <class Condition>
  static bool comes_true(Condition const& condition) {
    for (int i = 0; i < 10'000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }

  std::mutex lock_;
  std::vector<Snapshotted> notes_;
  std::vector<std::string> reports_;
};

TEST_F(SnapshotterTest, ComesAfterSoManyRecordsAndCountsFromThere) {
  Snapshotter snapshotter(child("echo 150 " + digest_text), 0, {}, noting());
  snapshotter.records(99);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(notes(), 0u);
  snapshotter.records(100);
  ASSERT_TRUE(comes_true([&] { return notes() == 1; }));
  EXPECT_EQ(notes_[0].index, 150u);
  EXPECT_EQ(to_hex(notes_[0].digest), digest_text);
  snapshotter.records(249);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(notes(), 1u);
  snapshotter.records(250);
  EXPECT_TRUE(comes_true([&] { return notes() == 2; }));
}

TEST_F(SnapshotterTest, AFailureIsReportedAndTriedAgain) {
  Snapshotter snapshotter(child("echo 100 " + digest_text + "; exit 1"), 0, {}, noting());
  snapshotter.records(100);
  EXPECT_TRUE(comes_true([&] { return reports() >= 2; }));
  EXPECT_EQ(notes(), 0u);
}

TEST_F(SnapshotterTest, WhatIsNotUnderstoodIsAFailure) {
  std::vector<std::string> const scripts = {"echo hello",
                                            "true",
                                            "echo 100",
                                            "echo -1 " + digest_text,
                                            "echo 100 abc",
                                            "echo 100 " + digest_text + " more",
                                            "head -c 100000 /dev/zero"};
  for (std::string const& script : scripts) {
    size_t const before = reports();
    Snapshotter snapshotter(child(script), 0, {}, noting());
    snapshotter.records(100);
    EXPECT_TRUE(comes_true([&] { return reports() > before; })) << script;
  }
  EXPECT_EQ(notes(), 0u);
}

TEST_F(SnapshotterTest, AProgramThatIsNotThereIsAFailure) {
  SnapshotOptions options = child("");
  options.command = {"/no/such/program"};
  Snapshotter snapshotter(options, 0, {}, noting());
  snapshotter.records(100);
  ASSERT_TRUE(comes_true([&] { return reports() >= 1; }));
  EXPECT_NE(reports_[0].find("/no/such/program"), std::string::npos);
}

// Older snapshots still hold what was destroyed; two new ones make them go.
TEST_F(SnapshotterTest, TwoComeAfterADestruction) {
  Snapshotter snapshotter(child("echo 10 " + digest_text), 0, {}, noting());
  snapshotter.records(10);
  snapshotter.destroyed();
  ASSERT_TRUE(comes_true([&] { return notes() == 2; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(notes(), 2u);
}

// Also where the centre stops in between: what is owed is remembered.
TEST_F(SnapshotterTest, WhatIsOwedOutlivesAStop) {
  std::atomic<uint32_t> owed{0};
  auto const remember = [&](uint32_t left) { owed = left; };
  {
    Snapshotter stopped(child("exec sleep 100"), 0, {0, remember}, noting());
    stopped.destroyed();
    EXPECT_EQ(owed, 2u);
  }
  EXPECT_EQ(owed, 2u);
  Snapshotter snapshotter(child("echo 10 " + digest_text), 0, {1, remember}, noting());
  ASSERT_TRUE(comes_true([&] { return notes() == 1 && owed == 0; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(notes(), 1u);
}

TEST_F(SnapshotterTest, ItsEndDoesNotWaitForTheChild) {
  auto const start = std::chrono::steady_clock::now();
  {
    Snapshotter snapshotter(child("exec sleep 100"), 0, {}, noting());
    snapshotter.records(100);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST_F(SnapshotterTest, TheCentreNotesWhatTheChildSays) {
  tests::TestCentre world;
  world.options.snapshots = child("echo 7 " + digest_text);
  world.options.snapshots.records = 20;
  world.restart();
  world.party("ru", {"staff"});
  auto const noted = [&] {
    bool found = false;
    auto const visit = [&](model::Record&& record, Digest const&) -> Result<void> {
      if (record.command.kind != model::CommandKind::pulse) return {};
      auto const pulse = codec::decode<commands::Pulse>(record.command.body);
      found |= pulse->snapshot_index == 7 && to_hex(pulse->snapshot) == digest_text;
      return {};
    };
    EXPECT_TRUE(world.centre().reader().scan(0, journal::Reader::Check::nothing, visit));
    return found;
  };
  EXPECT_FALSE(noted());
  for (int i = 0; i < 20; ++i) {
    auto const author = world.feed("ru/staff");
    world.ask(world.prepare(author, model::CommandKind::revoke_token,
                            commands::RevokeToken{std::to_string(i), "ru/staff/feed"}));
  }
  EXPECT_TRUE(comes_true(noted));
}

}  // namespace
}  // namespace comity::sequencer
