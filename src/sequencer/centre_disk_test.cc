// The disk under the centre: it fails at operation 1, 2, 3 … until a run finishes; it is damaged. Nothing acknowledged is lost, reads go on, and they show what is durable.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <filesystem>
#include <fstream>
#include <thread>

#include "centre_fixture.h"
#include "journal/faulty_vfs.h"
#include "machine_state.h"

namespace comity::sequencer {
namespace {

using journal::FaultyDisk;
using tests::TestCentre;

class CentreDisk : public testing::Test {
 protected:
  CentreDisk() {
    world.party("ru", {"staff"});
    world.party("iq", {"defence"});
    world.in_force("ru.pact", {"ru/staff", "iq/defence"}, {tests::grant_clause("all")});
  }

  std::string kept() const { return folder_.file("kept"); }
  // With the centre stopped: a copy of its directory, and the way back to it.
  void keep() { tests::copy_data(world.data(), kept()); }
  void put_back() { tests::copy_data(kept(), world.data()); }

  Answer contribute(int number) {
    Bytes const object = tests::indicator_object(number);
    stix::Envelope envelope;
    envelope.objects.push_back(object);
    auto made = contributions(world.centre(), world.feed("iq/defence"), envelope, "ru.pact",
                              "key " + std::to_string(number));
    return world.centre().submit_and_wait(std::move(made.submissions)).front();
  }

  void expect_reads_show_what_is_durable() {
    EXPECT_EQ(tests::replayed(world.centre(), Redecide::no).state, tests::state_digest(world.centre()));
  }

  // False: the run came to its end before operation n.
  bool run(uint64_t n, FaultyDisk::Failure failure) {
    put_back();
    std::map<int, Index> told;
    bool failed = false;
    {
      FaultyDisk disk;
      EXPECT_TRUE(world.start());
      disk.fail_at(n, failure);
      for (int number = 1; number <= 3; ++number) {
        Answer const answer = contribute(number);
        if (answer.kind == Answer::Kind::ruled) told[number] = answer.index;
      }
      failed = disk.failed();
      EXPECT_EQ(told.size() < 3, failed);
      EXPECT_STREQ(world.centre().health(), failed ? "failing" : "ok");
      EXPECT_EQ(world.centre().vitals().journal_failed, failed);
      expect_reads_show_what_is_durable();
      EXPECT_FALSE(world.centre().is_overdue());
      disk.kill_process();
      world.stop();
      disk.restart();
    }
    auto const started = world.start();
    EXPECT_TRUE(started) << started.error().detail;
    if (!started) return false;
    for (auto const& [number, index] : told)
      EXPECT_EQ(contribute(number).index, index) << "acknowledged, and lost at operation " << n;
    for (int number = 1; number <= 3; ++number)
      EXPECT_TRUE(contribute(number).ruling.accepted()) << "object " << number << ", operation " << n;
    expect_reads_show_what_is_durable();
    EXPECT_FALSE(tests::replayed(world.centre(), Redecide::yes).mismatch);
    world.stop();
    return failed;
  }

  void run_all(FaultyDisk::Failure failure) {
    world.stop();
    keep();
    uint64_t n = 1;
    while (run(n, failure) && n < 200 && !HasFailure()) ++n;
    EXPECT_GT(n, 3u) << "nothing ever failed";
    EXPECT_LT(n, 200u);
  }

  TestCentre world;

 private:
  journal::TestFolder folder_;
};

TEST_F(CentreDisk, AnyOperationMayFail) { run_all(FaultyDisk::Failure::not_done); }
TEST_F(CentreDisk, AnyOperationMayHappenAndBeReportedFailed) { run_all(FaultyDisk::Failure::done); }
TEST_F(CentreDisk, TheDiskMayBeFullAtAnyMoment) { run_all(FaultyDisk::Failure::full); }

TEST_F(CentreDisk, AfterAFailureEverythingIsBusy) {
  world.stop();
  FaultyDisk disk;
  ASSERT_TRUE(world.start());
  ASSERT_TRUE(contribute(1).ruling.accepted());
  disk.fail_at(1, FaultyDisk::Failure::not_done);
  EXPECT_EQ(contribute(2).kind, Answer::Kind::busy);
  EXPECT_EQ(contribute(3).kind, Answer::Kind::busy) << "nothing is tried again";
  EXPECT_TRUE(world.centre().payload(world.centre().read(
      [](Glimpse const& glimpse) { return glimpse.state.holdings.item(ItemKey(0u)).payload; })));
  world.stop();
}

// What was answered stays; that nothing more can be taken is said before somebody tries.
TEST_F(CentreDisk, AMoveOfTheLogThatFailsAfterTheAnswersIsSeenAtOnce) {
  world.stop();
  FaultyDisk disk;
  ASSERT_TRUE(world.start());
  stix::Envelope envelope;
  std::deque<Bytes> objects;  // so much that the log is moved
  for (int number = 1; number <= 30; ++number)
    envelope.objects.push_back(objects.emplace_back(
        tests::indicator_object(number, R"(,"description":")" + std::string(200'000, 'x') + "\"")));
  auto made = contributions(world.centre(), world.feed("iq/defence"), envelope, "ru.pact", "");
  std::atomic<size_t> accepted = 0;
  world.centre().submit(std::move(made.submissions), [&](std::vector<Answer>&& answers) {
    disk.fail_at(1, FaultyDisk::Failure::not_done);
    accepted = static_cast<size_t>(
        std::ranges::count_if(answers, [](Answer const& one) { return one.ruling.accepted(); }));
  });
  auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::string_view(world.centre().health()) == "ok" && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(accepted, 30u);
  EXPECT_STREQ(world.centre().health(), "failing");
  EXPECT_TRUE(world.centre().vitals().journal_failed);
  expect_reads_show_what_is_durable();
  EXPECT_EQ(contribute(31).kind, Answer::Kind::busy);
  world.stop();
}

TEST_F(CentreDisk, ADamagedJournalIsSaidToBeOne) {
  for (int number = 1; number < 30; ++number) contribute(number);
  world.stop();
  keep();
  std::string const path = world.data() + "/journal.sqlite";
  auto const size = std::filesystem::file_size(path);
  for (uintmax_t at = size / 4; at < size; at += size / 4) {
    put_back();
    {
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(static_cast<std::streamoff>(at));
      file << std::string(4'096, '\x5a');
    }
    auto const refused = world.start();
    ASSERT_FALSE(refused) << "at " << at;
    EXPECT_EQ(refused.error().code, ErrorCode::corrupt) << refused.error().detail;
    EXPECT_FALSE(refused.error().detail.empty());
  }
  put_back();
  std::filesystem::resize_file(path, size / 2);
  EXPECT_FALSE(world.start());
}

TEST_F(CentreDisk, ADirectoryWithoutAJournalIsSaidToBeOne) {
  world.stop();
  std::filesystem::remove(world.data() + "/journal.sqlite");
  auto const refused = world.start();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace comity::sequencer
