// A disk for tests that fails when told, between SQLite and the real files.
//
// It counts the operations that change something (open of a file to write, write, truncate, sync, delete) and
// lets one of them fail: either nothing was done, or it was done and yet reported as failed. It also keeps
// what is *durable* of each file, as a system with a cache does: a write becomes durable with the next sync
// that goes well; after a failed sync what was written before it is marked clean and is never written by a
// later one (what Linux does).
//
//   FaultyDisk disk;                            // SQLite's default from here to the end of the scope
//   disk.fail_at(7, FaultyDisk::Failure::not_done);
//   … work until something fails …
//   disk.kill_process();                        // from here on nothing reaches the files, as if nobody ran
//   … let go of all connections …
//   disk.restart();                             // files hold all that was written; or
//   disk.cut_power(FaultyDisk::Cache::lost);    // files hold what was durable
//
// One at a time, one thread. Only linked into tests.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"

struct sqlite3_vfs;

namespace comity::journal {

class FaultyDisk {
 public:
  enum class Failure {
    not_done,  // the operation fails and nothing of it happened
    done,      // it happened, and fails nevertheless
    full,      // not_done with SQLITE_FULL for every write from here on
  };

  FaultyDisk();
  ~FaultyDisk();

  // The n-th operation from now on, counted from 1, fails; 0: none.
  void fail_at(uint64_t n, Failure failure);
  bool failed() const { return failed_; }
  // Called before each operation, on its thread: a test that wants the disk to take its time waits in it.
  void before_each(std::function<void()> before) { before_ = std::move(before); }
  uint64_t operations() const { return operations_; }

  void kill_process() { dead_ = true; }
  void restart();
  // What was written and not synced: all of it is lost, or every other write happened to reach the disk.
  enum class Cache { lost, half_written };
  void cut_power(Cache cache);

 private:
  friend struct FaultyCalls;
  struct Range {
    int64_t start, size;
  };
  struct Image {
    Bytes durable;
    std::vector<Range> dirty;  // written and not synced
  };

  static void copy(BytesView from, Range range, Bytes& to);

  std::unique_ptr<sqlite3_vfs> vfs_;
  sqlite3_vfs* real_ = nullptr;
  std::map<std::string, Image> images_;
  std::function<void()> before_ = [] {};
  uint64_t operations_ = 0, fail_at_ = 0;
  Failure failure_ = Failure::not_done;
  bool failed_ = false, dead_ = false;
};

}  // namespace comity::journal
