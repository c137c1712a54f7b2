#include "base/seam.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

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
      Descriptor const file{::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
      if (file.fd < 0) return io_error("cannot create", beside);
      while (!bytes.empty()) {
        ssize_t const put = ::write(file.fd, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return io_error("cannot write", beside);
        bytes.remove_prefix(static_cast<size_t>(put));
      }
      if (::fchmod(file.fd, mode) != 0 || ::fsync(file.fd) != 0) return io_error("cannot sync", beside);
    }
    // Dying before this line leaves the old file; after it, the new one. The left-over .new is overwritten next time.
    if (::rename(beside.c_str(), path.c_str()) != 0) return io_error("cannot rename", beside);
    size_t const slash = path.rfind('/');
    std::string const folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    Descriptor const directory{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (directory.fd < 0 || ::fsync(directory.fd) != 0) return io_error("cannot sync", folder);
    return {};
  }

  bool exists(std::string const& path) override { return ::access(path.c_str(), F_OK) == 0; }

  Result<void> make_folder(std::string const& path, unsigned mode) override {
    if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST) return io_error("cannot make folder", path);
    return {};
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
