// Every operation on the disk fails once, in each way, and the process or the power goes with it. What was
// acknowledged is there afterwards, what was not is there whole or not at all.
#include <gtest/gtest.h>

#include "base/contains.h"
#include "journal/faulty_vfs.h"
#include "journal/journal.h"
#include "journal/test_entries.h"
#include "journal/test_folder.h"
#include "journal/verify.h"

namespace comity::journal {
namespace {

enum class End { process_killed, power_cut, power_cut_half_written };

struct Case {
  FaultyDisk::Failure failure;
  End end;
};

// What one run was told before something failed.
struct Told {
  Index size = 0;          // records acknowledged
  bool destroyed = false;  // record 1
};

// Each batch ends at one of these sizes.
constexpr Index sizes[] = {0, 1, 4, 5, 9};

std::vector<Entry> batch(Index from, Index to) {
  std::vector<Entry> entries;
  for (Index i = from; i < to; ++i)
    entries.push_back(contribution(i, i + 1, "payload " + std::to_string(i) + "."));
  return entries;
}

Result<void> work(Journal& journal, Told& told) {
  for (size_t i = 1; i < std::size(sizes); ++i) {
    auto entries = batch(sizes[i - 1], sizes[i]);
    // As the centre does it: what is durable is told, and then the log is tended.
    if (auto const done = journal.append(entries, Journal::Tend::later); !done) {
      EXPECT_EQ(done.error().code, ErrorCode::io);
      return done;
    }
    told.size = sizes[i];
    if (auto const tended = journal.tend(); !tended) return tended;
    if (told.size != 4) continue;
    if (auto const done = journal.destroy(std::vector<Index>{1}); !done) return done;
    told.destroyed = true;
  }
  return {};
}

void finish(FaultyDisk& disk, End end) {
  switch (end) {
    case End::process_killed: return disk.restart();
    case End::power_cut: return disk.cut_power(FaultyDisk::Cache::lost);
    case End::power_cut_half_written: return disk.cut_power(FaultyDisk::Cache::half_written);
  }
}

class Faults : public testing::TestWithParam<Case> {
 protected:
  // A run with the failure at operation n. False: the run came to its end before that.
  bool run(uint64_t n) {
    TestFolder const folder;
    std::string const path = folder.file("journal");
    FaultyDisk disk;
    must(Journal::create(path, entropy_)).reset();
    Told told;
    disk.fail_at(n, GetParam().failure);
    if (auto opened = Journal::open(path, entropy_)) {
      auto const done = work(**opened, told);
      if (!done) expect_stopped(**opened);
      disk.kill_process();
    }
    bool const failed = disk.failed();
    finish(disk, GetParam().end);
    check(path, told, disk);
    return failed;
  }

  // Nothing is taken any more; what is there can be read.
  void expect_stopped(Journal& journal) {
    auto const again = append_one(journal, pulse(journal.next_index()));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::io);
    EXPECT_FALSE(journal.destroy(std::vector<Index>{0}));
    if (journal.next_index() > 0) EXPECT_TRUE(journal.reader().read(journal.next_index() - 1));
  }

  void check(std::string const& path, Told const& told, FaultyDisk& disk) {
    auto journal = must(Journal::open(path, entropy_));
    Index const size = journal->next_index();
    expect_kept(*journal, told);
    auto entry = contribution(size, size + 1, "afterwards");
    EXPECT_TRUE(journal->append({&entry, 1}));

    // What opening found must not have stood in the cache only, or what was built on it goes with it.
    disk.kill_process();
    journal.reset();
    disk.cut_power(FaultyDisk::Cache::lost);
    EXPECT_EQ(must(Journal::open(path, entropy_))->next_index(), size + 1);
    auto const report = must(verify(path, [](Index, Index) {}));
    EXPECT_TRUE(report.ok()) << report.damage->what;
  }

  void expect_kept(Journal const& journal, Told const& told) {
    Index const size = journal.next_index();
    EXPECT_GE(size, told.size);
    EXPECT_TRUE(contains(sizes, size)) << "half a batch: " << size;
    for (Index i = 0; i < size; ++i) {
      auto const record = must(journal.reader().read(i));
      auto const payload = journal.reader().payload(i + 1);
      EXPECT_EQ(record.sealed_destroyed, !payload);
      if (i == 1 && told.destroyed) EXPECT_TRUE(record.sealed_destroyed);
      if (i != 1) EXPECT_EQ(must(payload), "payload " + std::to_string(i) + ".");
    }
  }

  SeededEntropy entropy_{7};
};

TEST_P(Faults, NothingAcknowledgedIsLostAndNoBatchIsHalved) {
  uint64_t n = 1;
  for (; run(n); ++n) ASSERT_FALSE(HasFailure()) << "failure at operation " << n;
  EXPECT_GT(n, 50u);  // the run has that many places at which it can fail
}

INSTANTIATE_TEST_SUITE_P(EveryOperation, Faults,
                         testing::Values(Case{FaultyDisk::Failure::not_done, End::process_killed},
                                         Case{FaultyDisk::Failure::not_done, End::power_cut},
                                         Case{FaultyDisk::Failure::not_done, End::power_cut_half_written},
                                         Case{FaultyDisk::Failure::done, End::process_killed},
                                         Case{FaultyDisk::Failure::done, End::power_cut},
                                         Case{FaultyDisk::Failure::full, End::process_killed},
                                         Case{FaultyDisk::Failure::full, End::power_cut}));

// A commit fails at its sync, the process starts anew, and while it opens the journal the power goes: after
// operation m of opening, with every other unsynced write on the disk. The batch is there or not; the file is
// well.
TEST(FaultsWhileOpening, AHalfWrittenCacheDoesNotTearTheDatabase) {
  SeededEntropy entropy(10);
  uint64_t failing = 1;
  for (bool failed = true; failed; ++failing) {
    bool opening = true;
    for (uint64_t m = 1; opening; ++m) {
      TestFolder const folder;
      std::string const path = folder.file("journal");
      FaultyDisk disk;
      auto journal = must(Journal::create(path, entropy));
      auto first = batch(0, 3), second = batch(3, 40);
      must(journal->append(first));
      disk.fail_at(failing, FaultyDisk::Failure::not_done);
      failed = !journal->append(second);
      disk.kill_process();
      journal.reset();
      disk.restart();
      disk.fail_at(m, FaultyDisk::Failure::not_done);
      journal = Journal::open(path, entropy).value_or(nullptr);
      opening = disk.failed();
      disk.kill_process();
      journal.reset();
      disk.cut_power(FaultyDisk::Cache::half_written);
      Index const size = must(Journal::open(path, entropy))->next_index();
      ASSERT_TRUE(size == 40 || (failed && size == 3)) << "sizes " << size << " at " << failing << ", " << m;
      auto const report = must(verify(path, [](Index, Index) {}));
      ASSERT_TRUE(report.ok()) << failing << ", " << m << ": " << report.damage->what;
    }
  }
  EXPECT_GT(failing, 5u);
}

// Creating fails at operation n: afterwards there is an empty journal or none, and none can be created.
TEST(CreationFaults, AJournalIsThereOrNot) {
  SeededEntropy entropy(8);
  bool failed = true;
  for (uint64_t n = 1; failed; ++n) {
    TestFolder const folder;
    FaultyDisk disk;
    disk.fail_at(n, FaultyDisk::Failure::not_done);
    static_cast<void>(Journal::create(folder.file("journal"), entropy));
    failed = disk.failed();
    disk.restart();
    auto opened = Journal::open(folder.file("journal"), entropy);
    if (!opened && opened.error().code == ErrorCode::not_found)
      opened = Journal::create(folder.file("journal"), entropy);
    ASSERT_TRUE(opened) << n << ": " << opened.error().detail;
    EXPECT_TRUE(append_one(**opened, pulse(0)));
  }
}

TEST(FullDisk, SaysSoInWords) {
  TestFolder const folder;
  SeededEntropy entropy(9);
  FaultyDisk disk;
  auto const journal = must(Journal::create(folder.file("journal"), entropy));
  disk.fail_at(1, FaultyDisk::Failure::full);
  auto const done = append_one(*journal, contribution(0, 1, Bytes(100'000, 'x')));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::io);
  EXPECT_NE(done.error().detail.find("full"), std::string::npos) << done.error().detail;
  EXPECT_NE(done.error().detail.find("make room"), std::string::npos) << done.error().detail;
}

}  // namespace
}  // namespace comity::journal
