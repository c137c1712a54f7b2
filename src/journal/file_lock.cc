#include "journal/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace comity::journal {
namespace {

std::string holder_of(int file) {
  char text[32] = {};
  ssize_t const got = ::pread(file, text, sizeof text - 1, 0);
  return got > 0 ? std::string(text, strcspn(text, "\n")) : std::string("unknown");
}

}  // namespace

Result<FileLock> FileLock::take(std::string const& path) {
  std::string const beside = path + ".lock";
  FileLock lock(::open(beside.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.file_ < 0) return fail(ErrorCode::io, "cannot open " + beside + ": " + std::strerror(errno));
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK)
      return fail(ErrorCode::io, "cannot lock " + beside + ": " + std::strerror(errno));
    return fail(ErrorCode::busy, "another process (number " + holder_of(lock.file_) + ") has the journal " +
                                     path + " open; stop it first");
  }
  std::string const self = std::to_string(::getpid()) + "\n";
  // The number is for the other's message only: if it cannot be written, that says "unknown".
  [[maybe_unused]] bool const noted =
      ::ftruncate(lock.file_, 0) == 0 && ::pwrite(lock.file_, self.data(), self.size(), 0) > 0;
  return lock;
}

// Lines like `1: FLOCK  ADVISORY  WRITE 1234 08:01:5678 0 EOF`; the last number of the three is the inode.
std::optional<int> FileLock::holder(std::string const& path) {
  struct stat file{};
  if (::stat((path + ".lock").c_str(), &file) != 0) return std::nullopt;
  std::ifstream locks("/proc/locks");
  std::string const inode = ":" + std::to_string(file.st_ino);
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    std::string number, kind, advisory, what, where;
    int process = 0;
    if (words >> number >> kind >> advisory >> what >> process >> where && kind == "FLOCK" &&
        where.ends_with(inode))
      return process;
  }
  return std::nullopt;
}

FileLock::~FileLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace comity::journal
