// Every operation on the disk fails once while a snapshot is put, in each way, and the process or the power goes with it: the
// snapshots are those of before or those of after, whole, and what was said to be put is there. So is what is read where a put
// was cut off, also when the disk fails while that is mended.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "journal/faulty_vfs.h"
#include "journal/snapshots.h"
#include "journal/test_entries.h"
#include "journal/test_folder.h"

namespace comity::journal {
namespace {

enum class Before : uint8_t { no_file, two, one_of_this_index };
enum class End : uint8_t { goes_on, process_killed, power_cut, power_cut_half_written };

struct Case {
  Before before;
  FaultyDisk::Failure failure;
  End end;
};

constexpr Index put_index = 30;

Bytes state_at(Index index, size_t size = 20'000) {
  return Bytes(size, 's') + " after " + std::to_string(index);
}
Bytes const anew = state_at(put_index) + " put anew";

void make_before(std::string const& path, Before before) {
  if (before == Before::no_file) return;
  must(put_snapshot(path, 10, state_at(10)));
  must(put_snapshot(path, before == Before::two ? 20 : put_index, state_at(20)));
}

// The process ends with that very operation, unless it goes on.
void fail_at(FaultyDisk& disk, uint64_t n, FaultyDisk::Failure failure, End end) {
  disk.fail_at(n, failure);
  uint64_t const last = disk.operations() + n - 1;
  if (end != End::goes_on)
    disk.before_each([&disk, last] {
      if (disk.operations() == last) disk.kill_process();
    });
}

void finish(FaultyDisk& disk, End end) {
  disk.before_each([] {});
  switch (end) {
    case End::goes_on:
    case End::process_killed: return disk.restart();
    case End::power_cut: return disk.cut_power(FaultyDisk::Cache::lost);
    case End::power_cut_half_written: return disk.cut_power(FaultyDisk::Cache::half_written);
  }
}

class SnapshotFaults : public testing::TestWithParam<Case> {
 protected:
  // False: the put came to its end before operation n.
  bool run(uint64_t n, Bytes const& bytes) {
    TestFolder const folder;
    std::string const path = folder.file("snapshots");
    FaultyDisk disk;
    make_before(path, GetParam().before);
    fail_at(disk, n, GetParam().failure, GetParam().end);
    bool const put = put_snapshot(path, put_index, bytes).has_value();
    bool const failed = disk.failed();
    finish(disk, GetParam().end);
    EXPECT_TRUE(put || failed) << n;
    expect_one_of_both(path, put, bytes);
    expect_the_next(path);
    return failed;
  }

  void expect_one_of_both(std::string const& path, bool put, Bytes const& bytes) {
    auto const found = must(latest_snapshot(path));
    bool const is_new = found && found->index == put_index && found->bytes == bytes;
    bool const is_old = GetParam().before == Before::no_file ? !found : found && found->bytes == state_at(20);
    EXPECT_TRUE(is_new || (!put && is_old)) << (found ? found->index : 0);
  }

  // What was left is in nobody's way, and beside the next one there is one that is whole.
  void expect_the_next(std::string const& path) {
    auto const before = must(latest_snapshot(path));
    must(put_snapshot(path, 40, state_at(40)));
    EXPECT_EQ(must(latest_snapshot(path))->bytes, state_at(40));
    auto const other = must(latest_snapshot(path, [](Index index, Digest const&) { return index != 40; }));
    ASSERT_EQ(other.has_value(), before.has_value());
    if (other) EXPECT_EQ(other->bytes, before->bytes);
  }
};

TEST_P(SnapshotFaults, ASnapshotIsPutOrItIsNot) {
  uint64_t n = 1;
  for (; run(n, anew); ++n) ASSERT_FALSE(HasFailure()) << "failure at operation " << n;
  EXPECT_GT(n, 10u);
}

std::vector<Case> all_cases() {
  std::vector<Case> all;
  for (Before const before : {Before::no_file, Before::two, Before::one_of_this_index})
    for (auto const failure :
         {FaultyDisk::Failure::not_done, FaultyDisk::Failure::done, FaultyDisk::Failure::full})
      for (End const end : {End::goes_on, End::process_killed, End::power_cut, End::power_cut_half_written})
        all.push_back({before, failure, end});
  return all;
}
INSTANTIATE_TEST_SUITE_P(EveryOperation, SnapshotFaults, testing::ValuesIn(all_cases()));

// Of several pieces: thousands of operations, of which the first ones and some of the others fail.
class LongSnapshotFaults : public SnapshotFaults {};

TEST_P(LongSnapshotFaults, OneOfSeveralPiecesIsPutOrItIsNot) {
  Bytes const bytes = state_at(put_index, limits::snapshot_piece_bytes + 5);
  uint64_t n = 1;
  for (; run(n, bytes); n += 1 + n / 2) ASSERT_FALSE(HasFailure()) << "failure at operation " << n;
  EXPECT_GT(n, limits::snapshot_piece_bytes / 4'096);
}

INSTANTIATE_TEST_SUITE_P(
    SomeOperations, LongSnapshotFaults,
    testing::Values(Case{Before::two, FaultyDisk::Failure::not_done, End::process_killed},
                    Case{Before::two, FaultyDisk::Failure::done, End::power_cut_half_written}));

// A put dies at operation `died` and leaves its rollback journal; whoever reads next rolls it back, and there operation `failing`
// fails, and he dies too. Both counts are raised until nothing fails any more.
TEST(SnapshotRollbackFaults, WhatWasCutOffIsMendedByTheNextReader) {
  uint64_t mended = 0;
  bool died = true;
  for (uint64_t at = 1; died; ++at) {
    bool failing = true;
    for (uint64_t m = 1; failing; ++m) {
      TestFolder const folder;
      std::string const path = folder.file("snapshots");
      FaultyDisk disk;
      make_before(path, Before::two);
      fail_at(disk, at, FaultyDisk::Failure::not_done, End::process_killed);
      static_cast<void>(put_snapshot(path, put_index, anew));
      died = disk.failed();
      finish(disk, End::process_killed);
      fail_at(disk, m, FaultyDisk::Failure::not_done, End::process_killed);
      auto const read = latest_snapshot(path);
      failing = disk.failed();
      finish(disk, m % 2 == 0 ? End::process_killed : End::power_cut_half_written);
      auto const is_whole = [](std::optional<Snapshot> const& found) {
        return found && (found->bytes == state_at(20) || found->bytes == anew);
      };
      if (read) EXPECT_TRUE(is_whole(*read)) << at << ", " << m;
      ASSERT_TRUE(is_whole(must(latest_snapshot(path)))) << at << ", " << m;
      mended += failing && died;
    }
  }
  EXPECT_GT(mended, 20u) << "nothing was ever rolled back";
}

}  // namespace
}  // namespace comity::journal
