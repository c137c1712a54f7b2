// Those who wait for something new: streams that have sent all there was.
//
// Whoever waits brings a job. It is run on a worker when something was published since it came, or when the time of a
// beat is over; it answers, or waits again. A thousand are woken no more often than every `limits::stream_tick`, fewer in proportion
// sooner, so that streams under a steady load cost so many looks a second and not as many for each commit; and a reader whose
// connection is slow waits for its own connection, not here, so it delays nobody.
//
// Jobs that wait when a Pump goes are dropped, which ends their streams. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "doors/http/workers.h"

namespace comity::sequencer {
class Centre;
struct Glimpse;
}  // namespace comity::sequencer

namespace comity::http {

// What is new: `count` moves whenever something was published; `see` calls once with what is applied, durable or not. From any thread.
struct News {
  std::function<uint64_t()> count;
  std::function<void(std::function<void(sequencer::Glimpse const&)> const&)> see = {};
};
News news_of(sequencer::Centre const& centre);

// While both are so, what was published is no news for whoever waits. Asked for all at once, on the thread that wakes them, which goes on
// to nothing else meanwhile; what is not of the state is asked before the state is looked at.
struct Quiet {
  std::function<bool(sequencer::Glimpse const&)> state;  // none: whatever is published may be news
  std::function<bool()> besides = {};
};

enum class Woken : uint8_t { by_news, by_time };

class Pump {
 public:
  Pump(News news, Workers& workers);
  ~Pump() { stop(); }
  Pump(Pump const&) = delete;

  using Job = std::function<void(Woken)>;
  // A beat follows what was written last by its own time whatever happens meanwhile, so that no beat tells of hidden news.
  struct Waiting {
    uint64_t seen;     // what news() was before the waiter looked for the last time
    int64_t since_us;  // when it was last written to, by now_us()
    Job job;
    int64_t not_before_us = 0;  // news before that wait until then
    Quiet quiet = {};           // of such news
  };
  void wait(Waiting one);
  static int64_t now_us();
  uint64_t news() const { return news_.count(); }
  // Drops those who wait and those who come.
  void stop();

 private:
  void run();
  void leave_quiet(std::unique_lock<std::mutex>& lock, uint64_t news, int64_t now_us);
  void wake_those(uint64_t news, int64_t now_us);
  static int64_t tick_us(size_t waiting);

  News const news_;
  Workers& workers_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

// Places for streams: so many for one viewer, so many in all. A place is free when the last copy of its Seat is gone.
class Seats {
 public:
  struct Limits {
    size_t of_one, of_all;
  };
  explicit Seats(Limits limits) : shared_(std::make_shared<Shared>(limits)) {}

  using Seat = std::shared_ptr<void const>;
  enum class No : uint8_t { of_one, of_all };
  std::expected<Seat, No> take(uint64_t viewer);

 private:
  struct Shared {
    explicit Shared(Limits l) : limits(l) {}
    Limits const limits;
    std::mutex mutex;
    std::unordered_map<uint64_t, size_t> taken;
    size_t all = 0;
  };
  std::shared_ptr<Shared> shared_;
};

}  // namespace comity::http
