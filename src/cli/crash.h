// The kill test: many writers, kill -9 in the middle of commits, restart, and what was acknowledged is counted.
//
// A centre of its own is made and served by a child process; `writers` threads contribute over TAXII and note, on their
// side, what was acknowledged. Then the child is killed while a commit is open (in_flight.h says so), the directory is
// opened again, and everything acknowledged in any round must be found (promise 6). Found but not acknowledged is
// allowed: the answer was on its way. Fails if anything is lost, or if fewer than nine in ten kills hit an open commit,
// because then the test did not test. Used by `./run crash` and by the test suites.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace comity::cli {

struct CrashOptions {
  std::string data;  // made anew; removed first if it is there
  unsigned kills = 3;
  unsigned writers = 64;
};

struct CrashReport {
  uint64_t acknowledged = 0, found = 0, lost = 0;
  unsigned kills = 0, in_commit = 0;
  bool ok() const { return lost == 0 && acknowledged > 0 && in_commit * 10 >= kills * 9; }
};

Result<CrashReport> crash(CrashOptions const& options);

}  // namespace comity::cli
