// The one seam to the world outside the process: clock, randomness, files. (The network has its own in doors/http, the
// journal's disk is reached through SQLite's VFS, which tests replace; both are driven by the same Faults.)
//
// Production uses `system_seam()`. Tests hand in a ScriptedClock, seeded entropy and files that fail at operation n:
// every fault is a small test double and nothing else in the program knows.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"

namespace comity {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual UtcTime now() = 0;           // wall clock; may step back, the sequencer deals with it
  virtual int64_t monotonic_us() = 0;  // for latencies and time-outs
};

class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual void fill(std::span<uint8_t> out) = 0;
};

// A file that is written from its beginning to its end, and may be larger than memory.
class Writing {
 public:
  virtual ~Writing() = default;  // closes it; what was not synced may be lost
  virtual Result<void> write(BytesView bytes) = 0;
  virtual Result<void> sync() = 0;
};

// The same, read.
class Reading {
 public:
  virtual ~Reading() = default;
  virtual uint64_t size() const = 0;
  // Exactly so many octets; bad_input if there are fewer.
  virtual Result<Bytes> read(size_t octets) = 0;
};

class Files {
 public:
  virtual ~Files() = default;
  virtual Result<Bytes> read(std::string const& path) = 0;
  // All or nothing, durable when it returns: write beside, fsync, rename, fsync the folder. `mode` as in chmod. What bore the
  // name beside, a link also, is taken away and not written through.
  virtual Result<void> write(std::string const& path, BytesView bytes, unsigned mode) = 0;
  virtual bool exists(std::string const& path) = 0;
  virtual Result<void> make_folder(std::string const& path, unsigned mode) = 0;
  // A new file, in the place of one that bears the name; a link is taken away and not followed.
  virtual Result<std::unique_ptr<Writing>> create(std::string const& path, unsigned mode) = 0;
  virtual Result<std::unique_ptr<Reading>> open(std::string const& path) = 0;
  // A file or folder gets another name in the same folder; durable when it returns. Never over something that is there.
  virtual Result<void> rename(std::string const& from, std::string const& to) = 0;
  // A file or a folder with all that is in it; what is not there is as good as removed.
  virtual Result<void> remove(std::string const& path) = 0;
  // The names of the plain files in a folder, in order.
  virtual Result<std::vector<std::string>> list(std::string const& folder) = 0;
};

struct Seam {
  Clock& clock;
  Entropy& entropy;
  Files& files;
};

// The real world. Lives as long as the process.
Seam system_seam();

// A clock that stands still until it is told otherwise.
class ScriptedClock : public Clock {
 public:
  explicit ScriptedClock(UtcTime start) : now_(start) {}
  UtcTime now() override { return now_; }
  int64_t monotonic_us() override { return now_.us; }
  void set(UtcTime time) { now_ = time; }
  void advance(Duration by) { now_ = now_ + by; }

 private:
  UtcTime now_;
};

// Reproducible bytes from a seed (splitmix64): for tests and generated worlds only, never for a key that matters.
class SeededEntropy : public Entropy {
 public:
  explicit SeededEntropy(uint64_t seed) : state_(seed) {}
  void fill(std::span<uint8_t> out) override;
  uint64_t next();

 private:
  uint64_t state_;
};

}  // namespace comity
