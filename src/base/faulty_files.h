// Files for tests that fail when told: the n-th operation that changes something, counted from 1, does nothing and fails, or is
// done and fails nevertheless. With `dies` the process is as good as gone from there on: every later one fails and does
// nothing, so that what a clean-up would have mended stays as it is. Only used by tests; one thread.
#pragma once

#include <utility>

#include "base/seam.h"

namespace comity {

class FaultyFiles : public Files {
 public:
  enum class Failure : uint8_t { not_done, done };
  enum class Then : uint8_t { goes_on, dies };

  explicit FaultyFiles(Files& real) : real_(real) {}
  void fail_at(uint64_t n, Failure failure, Then then) {
    count_ = 0, fail_at_ = n, failure_ = failure, then_ = then, failed_ = false;
  }
  bool failed() const { return failed_; }

  Result<Bytes> read(std::string const& path) override { return real_.read(path); }
  bool exists(std::string const& path) override { return real_.exists(path); }
  Result<std::unique_ptr<Reading>> open(std::string const& path) override { return real_.open(path); }
  Result<std::vector<std::string>> list(std::string const& folder) override { return real_.list(folder); }

  Result<void> write(std::string const& path, BytesView bytes, unsigned mode) override {
    return act([&] { return real_.write(path, bytes, mode); });
  }
  Result<void> make_folder(std::string const& path, unsigned mode) override {
    return act([&] { return real_.make_folder(path, mode); });
  }
  Result<void> rename(std::string const& from, std::string const& to) override {
    return act([&] { return real_.rename(from, to); });
  }
  Result<void> remove(std::string const& path) override {
    return act([&] { return real_.remove(path); });
  }
  Result<std::unique_ptr<Writing>> create(std::string const& path, unsigned mode) override {
    std::unique_ptr<Writing> file;
    TRY_VOID(act([&]() -> Result<void> {
      file = TRY(real_.create(path, mode));
      return {};
    }));
    return std::make_unique<FaultyWriting>(*this, std::move(file));
  }

 private:
  class FaultyWriting : public Writing {
   public:
    FaultyWriting(FaultyFiles& files, std::unique_ptr<Writing> real)
        : files_(files), real_(std::move(real)) {}
    Result<void> write(BytesView bytes) override {
      return files_.act([&] { return real_->write(bytes); });
    }
    Result<void> sync() override {
      return files_.act([&] { return real_->sync(); });
    }

   private:
    FaultyFiles& files_;
    std::unique_ptr<Writing> real_;
  };

  template <class Work>
  Result<void> act(Work work) {
    bool const dead = failed_ && then_ == Then::dies;
    bool const fails = !dead && ++count_ == fail_at_;
    if (!dead && !fails) return work();
    if (fails && failure_ == Failure::done) static_cast<void>(work());
    failed_ = true;
    return fail(ErrorCode::io, "the disk failed, as the test wants it");
  }

  Files& real_;
  uint64_t count_ = 0, fail_at_ = 0;
  Failure failure_ = Failure::not_done;
  Then then_ = Then::goes_on;
  bool failed_ = false;
};

}  // namespace comity
