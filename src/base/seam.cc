#include "base/seam.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/ensure.h"

namespace comity {
namespace {

class SystemClock final : public Clock {
 public:
  UtcTime now() override { return {read(CLOCK_REALTIME)}; }
  int64_t monotonic_us() override { return read(CLOCK_MONOTONIC); }

 private:
  static int64_t read(clockid_t id) {
    timespec ts;
    ensure(clock_gettime(id, &ts) == 0);
    return ts.tv_sec * 1'000'000 + ts.tv_nsec / 1'000;
  }
};

class SystemEntropy final : public Entropy {
 public:
  void fill(std::span<uint8_t> out) override {
    while (!out.empty()) {
      ssize_t const got = getrandom(out.data(), out.size(), 0);
      if (got < 0 && errno == EINTR) continue;
      ensure(got > 0);
      out = out.subspan(static_cast<size_t>(got));
    }
  }
};

std::unexpected<Error> io_error(char const* what, std::string const& path) {
  return fail(ErrorCode::io, std::string(what) + " " + path + ": " + std::strerror(errno));
}

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

Result<void> write_all(int file, BytesView bytes, std::string const& path) {
  while (!bytes.empty()) {
    ssize_t const put = ::write(file, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return io_error("cannot write", path);
    bytes.remove_prefix(static_cast<size_t>(put));
  }
  return {};
}

Result<void> sync_folder_of(std::string const& path) {
  size_t const slash = path.rfind('/');
  std::string const folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  Descriptor const directory{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (directory.fd < 0 || ::fsync(directory.fd) != 0) return io_error("cannot sync", folder);
  return {};
}

// A file that was not there before, so that nothing is written through a link that somebody laid.
int open_new(std::string const& path, unsigned mode) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return -1;
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
}

class SystemWriting final : public Writing {
 public:
  SystemWriting(int file, std::string path) : file_{file}, path_(std::move(path)) {}
  Result<void> write(BytesView bytes) override { return write_all(file_.fd, bytes, path_); }
  Result<void> sync() override {
    if (::fsync(file_.fd) != 0) return io_error("cannot sync", path_);
    return {};
  }

 private:
  Descriptor file_;
  std::string path_;
};

class SystemReading final : public Reading {
 public:
  SystemReading(int file, uint64_t size, std::string path)
      : file_{file}, size_(size), path_(std::move(path)) {}
  uint64_t size() const override { return size_; }
  Result<Bytes> read(size_t octets) override {
    if (octets > size_) return fail(ErrorCode::bad_input, path_ + " ends too early");
    Bytes bytes(octets, '\0');
    for (size_t done = 0; done < octets;) {
      ssize_t const got = ::read(file_.fd, bytes.data() + done, octets - done);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return io_error("cannot read", path_);
      if (got == 0) return fail(ErrorCode::bad_input, path_ + " ends too early");
      done += static_cast<size_t>(got);
    }
    return bytes;
  }

 private:
  Descriptor file_;
  uint64_t size_;
  std::string path_;
};

class SystemFiles final : public Files {
 public:
  Result<Bytes> read(std::string const& path) override {
    Descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.fd < 0) {
      if (errno == ENOENT) return fail(ErrorCode::not_found, "no file " + path);
      return io_error("cannot open", path);
    }
    Bytes bytes;
    char buffer[65536];
    for (;;) {
      ssize_t const got = ::read(file.fd, buffer, sizeof buffer);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return io_error("cannot read", path);
      if (got == 0) return bytes;
      bytes.append(buffer, static_cast<size_t>(got));
    }
  }

  Result<void> write(std::string const& path, BytesView bytes, unsigned mode) override {
    std::string const beside = path + ".new";
    {
      Descriptor const file{open_new(beside, mode)};
      if (file.fd < 0) return io_error("cannot create", beside);
      TRY_VOID(write_all(file.fd, bytes, beside));
      if (::fchmod(file.fd, mode) != 0 || ::fsync(file.fd) != 0) return io_error("cannot sync", beside);
    }
    // Dying before this line leaves the old file; after it, the new one. The left-over .new is overwritten next time.
    if (::rename(beside.c_str(), path.c_str()) != 0) return io_error("cannot rename", beside);
    return sync_folder_of(path);
  }

  bool exists(std::string const& path) override { return ::access(path.c_str(), F_OK) == 0; }

  Result<void> make_folder(std::string const& path, unsigned mode) override {
    if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST) return io_error("cannot make folder", path);
    return {};
  }

  Result<std::unique_ptr<Writing>> create(std::string const& path, unsigned mode) override {
    int const file = open_new(path, mode);
    if (file < 0) return io_error("cannot create", path);
    auto writing = std::make_unique<SystemWriting>(file, path);
    if (::fchmod(file, mode) != 0) return io_error("cannot create", path);
    return writing;
  }

  Result<std::unique_ptr<Reading>> open(std::string const& path) override {
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) return fail(ErrorCode::not_found, "no file " + path);
    if (file < 0) return io_error("cannot open", path);
    struct stat found;
    bool const known = ::fstat(file, &found) == 0;
    auto reading =
        std::make_unique<SystemReading>(file, known ? static_cast<uint64_t>(found.st_size) : 0, path);
    if (!known) return io_error("cannot look at", path);
    if (!S_ISREG(found.st_mode)) return fail(ErrorCode::bad_input, path + " is not a file");
    return reading;
  }

  Result<void> rename(std::string const& from, std::string const& to) override {
    // Dying before this line leaves the old name; after it, the new one.
    int failed = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
    // Disks of other machines often know no such thing: whoever takes the name in this moment loses it.
    if (failed != 0 && errno == EINVAL) {
      if (exists(to)) return fail(ErrorCode::bad_input, to + " is there already");
      failed = ::rename(from.c_str(), to.c_str());
    }
    if (failed != 0 && (errno == EEXIST || errno == ENOTEMPTY))
      return fail(ErrorCode::bad_input, to + " is there already");
    if (failed != 0) return io_error("cannot rename", from);
    return sync_folder_of(to);
  }

  Result<void> remove(std::string const& path) override {
    std::error_code error;
    auto const removed = std::filesystem::remove_all(path, error);
    if (error) return fail(ErrorCode::io, "cannot remove " + path + ": " + error.message());
    return removed == 0 ? Result<void>{} : sync_folder_of(path);
  }

  Result<std::vector<std::string>> list(std::string const& folder) override {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
      if (at->is_regular_file(error)) names.push_back(at->path().filename());
    if (error) return fail(ErrorCode::io, "cannot list " + folder + ": " + error.message());
    std::ranges::sort(names);
    return names;
  }
};

}  // namespace

Seam system_seam() {
  static SystemClock clock;
  static SystemEntropy entropy;
  static SystemFiles files;
  return {clock, entropy, files};
}

uint64_t SeededEntropy::next() {
  uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

void SeededEntropy::fill(std::span<uint8_t> out) {
  for (size_t i = 0; i < out.size(); i += 8) {
    uint64_t const word = next();
    std::memcpy(out.data() + i, &word, std::min<size_t>(8, out.size() - i));
  }
}

}  // namespace comity
