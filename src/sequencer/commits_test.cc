#include "sequencer/commits.h"

#include <gtest/gtest.h>

#include <future>
#include <semaphore>

#include "centre_fixture.h"
#include "journal/faulty_vfs.h"

namespace comity::sequencer {
namespace {

using journal::FaultyDisk;
using tests::TestCentre;

TEST(Commits, NothingOnItsWayIsSettledAtOnce) {
  Commits commits;
  EXPECT_EQ(commits.wait(commits.mark()), Fate::kept);
  int called = 0;
  commits.when_settled(commits.mark(), [&](Fate fate) { called += fate == Fate::kept; });
  EXPECT_EQ(called, 1);
}

TEST(Commits, WordIsLeftUntilTheEnd) {
  Commits commits;
  commits.begin();
  std::vector<Fate> told;
  commits.when_settled(commits.mark(), [&](Fate fate) { told.push_back(fate); });
  EXPECT_TRUE(told.empty());
  commits.end(Fate::kept);
  EXPECT_EQ(told, std::vector{Fate::kept});
}

TEST(Commits, WhatWasSeenBeforeALossIsLostForGood) {
  Commits commits;
  commits.begin();
  auto const first = commits.mark();
  commits.end(Fate::lost);
  EXPECT_EQ(commits.wait(first), Fate::lost);
  Fate told = Fate::kept;
  commits.when_settled(first, [&](Fate fate) { told = fate; });
  EXPECT_EQ(told, Fate::lost) << "nothing is on its way any more, and yet";
  EXPECT_EQ(commits.wait(commits.mark()), Fate::kept) << "what is seen now";
}

// A disk that stands still in the middle of a commit until it is let go.
class SlowDisk : public testing::Test {
 protected:
  SlowDisk() {
    world.party("ru", {"staff"});
    world.party("iq", {"defence"});
    world.in_force("ru.pact", {"ru/staff", "iq/defence"}, {tests::grant_clause("all")});
    world.stop();
    disk = std::make_unique<FaultyDisk>();
    EXPECT_TRUE(world.start());
  }
  ~SlowDisk() override { world.stop(); }

  // Returns when the commit of a contribution stands still.
  std::future<Answer> contribute_and_halt(FaultyDisk::Failure failure, uint64_t fail_at) {
    disk->fail_at(fail_at, failure);
    disk->before_each([this, halted = false]() mutable {
      if (std::exchange(halted, true)) return;
      reached.release();
      go_on.acquire();
    });
    auto answer = std::async(std::launch::async, [this] {
      stix::Envelope envelope;
      Bytes const object = tests::indicator_object(1);
      envelope.objects.push_back(object);
      auto made = contributions(world.centre(), world.feed("iq/defence"), envelope, "ru.pact", "key");
      return world.centre().submit_and_wait(std::move(made.submissions)).front();
    });
    reached.acquire();
    return answer;
  }

  static size_t items(Glimpse const& glimpse) { return glimpse.state.holdings.items.size(); }

  TestCentre world;
  std::unique_ptr<FaultyDisk> disk;
  std::binary_semaphore reached{0}, go_on{0};
};

TEST_F(SlowDisk, AReadWaitsForTheCommitItFellInto) {
  auto answer = contribute_and_halt(FaultyDisk::Failure::not_done, 0);
  EXPECT_EQ(world.centre().glance(items), 1u) << "a glance does not wait";
  auto read = std::async(std::launch::async, [this] { return world.centre().read(items); });
  std::promise<Fate> settled;
  world.centre().when_durable(world.centre().mark(), [&](Fate fate) { settled.set_value(fate); });
  EXPECT_EQ(read.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  EXPECT_EQ(answer.wait_for(std::chrono::milliseconds(0)), std::future_status::timeout);
  go_on.release();
  EXPECT_EQ(read.get(), 1u);
  EXPECT_EQ(settled.get_future().get(), Fate::kept);
  EXPECT_TRUE(answer.get().ruling.accepted());
}

TEST_F(SlowDisk, AReadNeverShowsWhatTheDiskDidNotTake) {
  auto answer = contribute_and_halt(FaultyDisk::Failure::not_done, 1);
  EXPECT_EQ(world.centre().glance(items), 1u);
  auto read = std::async(std::launch::async, [this] { return world.centre().read(items); });
  std::promise<Fate> settled;
  world.centre().when_durable(world.centre().mark(), [&](Fate fate) { settled.set_value(fate); });
  EXPECT_EQ(read.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  go_on.release();
  EXPECT_EQ(read.get(), 0u);
  EXPECT_EQ(settled.get_future().get(), Fate::lost);
  EXPECT_EQ(answer.get().kind, Answer::Kind::busy);
}

}  // namespace
}  // namespace comity::sequencer
