// One process at a time writes a journal: an advisory lock on a small file beside it, which holds the process
// number of who has it.
//
// The lock ends with the process, however it ends, so a left-over file means nothing. It is not inherited by
// a program that a child executes. Not on the journal itself: closing that file a second time would let go of
// SQLite's own locks. Errors: `busy` another has it, `io`.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace comity::journal {

class FileLock {
 public:
  // Takes the lock of the journal at `path`, at once or not at all.
  static Result<FileLock> take(std::string const& path);

  // The number of the process that has it, as the kernel says, without touching the lock; none: nobody has, or the kernel
  // does not say.
  static std::optional<int> holder(std::string const& path);

  FileLock(FileLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}
  int file_;
};

}  // namespace comity::journal
