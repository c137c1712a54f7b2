#include "journal/snapshots.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "journal/sqlite.h"
#include "journal/test_entries.h"
#include "journal/test_folder.h"

namespace comity::journal {
namespace {

class SnapshotsTest : public testing::Test {
 protected:
  TestFolder folder_;
  std::string const path_ = folder_.file("snapshots");
};

TEST_F(SnapshotsTest, NoneAtFirst) { EXPECT_FALSE(must(latest_snapshot(path_))); }

TEST_F(SnapshotsTest, GivesTheNewestWithItsDigest) {
  EXPECT_EQ(must(put_snapshot(path_, 10, "state at ten")), crypto::sha256("state at ten"));
  must(put_snapshot(path_, 20, "state at twenty"));
  auto const latest = must(latest_snapshot(path_));
  ASSERT_TRUE(latest);
  EXPECT_EQ(latest->index, 20u);
  EXPECT_EQ(latest->bytes, "state at twenty");
  EXPECT_EQ(latest->digest, crypto::sha256("state at twenty"));
}

TEST_F(SnapshotsTest, KeepsTheLastTwo) {
  for (Index index : {10u, 20u, 30u}) must(put_snapshot(path_, index, "state " + std::to_string(index)));
  auto database = must(Connection::open(path_, Connection::Mode::read_write));
  EXPECT_EQ(must(database.number("SELECT count(*) FROM snapshots_1")), 2);
  EXPECT_EQ(must(database.number("SELECT min(idx) FROM pieces_1")), 20);
}

// One that nobody will ever use pushes out none that is used.
TEST_F(SnapshotsTest, TheNewestThatMayBeUsedStays) {
  Trust const is_noted = [](Index index, Digest const&) { return index <= 20; };
  for (Index index : {10u, 20u, 30u, 40u, 50u})
    must(put_snapshot(path_, index, "state " + std::to_string(index), is_noted));
  EXPECT_EQ(must(latest_snapshot(path_, is_noted))->bytes, "state 20");
  EXPECT_EQ(must(latest_snapshot(path_))->bytes, "state 50");
  auto database = must(Connection::open(path_, Connection::Mode::read_write));
  EXPECT_EQ(must(database.number("SELECT count(*) FROM snapshots_1")), 2);
}

TEST_F(SnapshotsTest, WhereItCannotBeSaidWhichMayBeUsedNothingIsPut) {
  must(put_snapshot(path_, 10, "state"));
  Trust const fails = [](Index, Digest const&) -> Result<bool> { return fail(ErrorCode::io, "no journal"); };
  EXPECT_EQ(put_snapshot(path_, 20, "another", fails).error().code, ErrorCode::io);
  EXPECT_EQ(must(latest_snapshot(path_))->bytes, "state");
}

TEST_F(SnapshotsTest, OfTheSameIndexTheLaterCounts) {
  must(put_snapshot(path_, 10, "once"));
  must(put_snapshot(path_, 10, "twice"));
  EXPECT_EQ(must(latest_snapshot(path_))->bytes, "twice");
}

TEST_F(SnapshotsTest, LongOnesAreStoredInPieces) {
  Bytes const bytes(limits::snapshot_piece_bytes + 5, 's');
  must(put_snapshot(path_, 10, bytes));
  EXPECT_EQ(must(latest_snapshot(path_))->bytes, bytes);
}

TEST_F(SnapshotsTest, ADamagedOneIsPassedOver) {
  must(put_snapshot(path_, 10, "older"));
  must(put_snapshot(path_, 20, "newer"));
  auto database = must(Connection::open(path_, Connection::Mode::read_write));
  must(database.run("UPDATE pieces_1 SET bytes = x'00' WHERE idx = 20"));
  EXPECT_EQ(must(latest_snapshot(path_))->bytes, "older");
}

TEST_F(SnapshotsTest, AFileOfSomethingElseIsSaidToBe) {
  std::ofstream(path_) << Bytes(5'000, '.');
  EXPECT_EQ(latest_snapshot(path_).error().code, ErrorCode::bad_input);
  EXPECT_EQ(put_snapshot(path_, 10, "state").error().code, ErrorCode::bad_input);
}

}  // namespace
}  // namespace comity::journal
