#include "journal/faulty_vfs.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "journal/test_folder.h"

namespace comity::journal {
namespace {

class FaultyDiskTest : public testing::Test {
 protected:
  int insert() { return sqlite3_exec(database_, "INSERT INTO t VALUES(1)", nullptr, nullptr, nullptr); }
  void open() {
    ASSERT_EQ(sqlite3_open((folder_.path() + "/x").c_str(), &database_), SQLITE_OK);
    sqlite3_exec(database_, "PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS t(a)", nullptr, nullptr,
                 nullptr);
  }
  int64_t rows() {
    int64_t count = -1;
    auto const note = [](void* out, int, char** values, char**) {
      *static_cast<int64_t*>(out) = std::atoll(values[0]);
      return 0;
    };
    sqlite3_exec(database_, "SELECT count(*) FROM t", note, &count, nullptr);
    return count;
  }

  TestFolder folder_;
  FaultyDisk disk_;
  sqlite3* database_ = nullptr;
};

TEST_F(FaultyDiskTest, CountsWhatChangesSomething) {
  open();
  uint64_t const before = disk_.operations();
  EXPECT_EQ(rows(), 0);
  EXPECT_EQ(disk_.operations(), before);
  EXPECT_EQ(insert(), SQLITE_OK);
  EXPECT_GT(disk_.operations(), before);
  sqlite3_close(database_);
}

TEST_F(FaultyDiskTest, FailsOnceWhereTold) {
  open();
  disk_.fail_at(2, FaultyDisk::Failure::not_done);
  EXPECT_NE(insert(), SQLITE_OK);
  EXPECT_TRUE(disk_.failed());
  EXPECT_EQ(insert(), SQLITE_OK);
  EXPECT_EQ(rows(), 1);
  sqlite3_close(database_);
}

TEST_F(FaultyDiskTest, AFullDiskStaysFull) {
  open();
  disk_.fail_at(2, FaultyDisk::Failure::full);
  EXPECT_EQ(insert(), SQLITE_FULL);
  EXPECT_NE(insert(), SQLITE_OK);
  sqlite3_close(database_);
}

TEST_F(FaultyDiskTest, PowerTakesWhatWasNotSynced) {
  open();
  sqlite3_exec(database_, "PRAGMA synchronous=OFF", nullptr, nullptr, nullptr);
  EXPECT_EQ(insert(), SQLITE_OK);
  disk_.kill_process();
  sqlite3_close(database_);
  disk_.cut_power(FaultyDisk::Cache::lost);
  open();
  EXPECT_EQ(rows(), 0);
  sqlite3_close(database_);
}

}  // namespace
}  // namespace comity::journal
