// How far the disk is behind the state.
//
// The writer applies a batch under the state's lock (begin), lets go of the lock, writes the batch, and says how it went
// (end). Between the two, readers may see what is not durable. Whoever looks takes the mark of that moment under the
// state's lock and waits for it; or takes it before a row of looks and leaves word after them.
//
// Promises
//   - wait() returns kept only when everything up to the mark is on the disk, lost when some of it is not.
//   - when_settled() calls once, without any lock of this class held: kept only when all that has begun by then is on the
//     disk, and nothing was lost since `first`.
// At most one batch is on its way at a time. Threads: begin and end belong to the writer, the rest to everybody; mark() is
// asked under the state's lock, shared or not.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace comity::sequencer {

enum class Fate : uint8_t { kept, lost };

class Commits {
 public:
  struct Mark {
    uint64_t begun = 0;   // batches
    uint64_t losses = 0;  // of them, before
  };

  void begin() { begun_.fetch_add(1); }
  void end(Fate fate);

  Mark mark() const { return {begun_.load(), losses_.load()}; }
  Fate wait(Mark mark) const;
  void when_settled(Mark first, std::function<void(Fate)> then) const;

 private:
  Fate since(uint64_t losses) const { return losses_.load() == losses ? Fate::kept : Fate::lost; }

  struct Waiting {
    uint64_t losses;
    std::function<void(Fate)> then;
  };

  std::atomic<uint64_t> begun_{0}, ended_{0}, losses_{0};
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable std::vector<Waiting> waiting_;  // for the batch on its way
};

}  // namespace comity::sequencer
