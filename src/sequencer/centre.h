// The centre: the machine, its journal and the one thread that writes (50-ledger). Doors see this class and nothing
// below it: `submit(command) → ruling` and `read(question) → answer`.
//
// Promises
//   - A submission is answered only when its record is durable, or when it is certain that there is none. What was
//     answered is there after any crash (promise 6).
//   - Commands take effect in one order, the order of their indices. All that wait while a commit is under way share the
//     next one.
//   - read() shows the state after whole batches, and only durable ones. The writer holds the lock while it decides, not
//     while the disk works: a read that falls into a commit is done meanwhile and waits for its end; if that commit
//     fails, what was seen never happened, and the question is asked again.
//   - glance() does not wait: it may show a batch that is not durable yet. It is for acts on their way in (who is this,
//     may it, which key), so that all that arrive during a commit can share the next one. What was made of a glance
//     leaves through when_durable() and no other way.
//   - When the journal fails (disk full, I/O error) nothing is accepted any more (`busy`), health() says so, and the state
//     is rebuilt from what is durable, so that reads go on and show nothing that was lost.
// Time: log time is max(previous, clock) (25-isolation G14). A clock that leaps ahead by more than limits::log_leap while
// the centre runs is not believed: commands are `busy` and health() says why, until the clock is right, or two officers
// say that it is (commands/advance_time.h), or the host restarts the centre. Meanwhile the two parts of that act are taken,
// and nothing else; they happen at the last time that was believed. Then the log goes on at the clock's time, at once, with a
// pulse that records the outage, as boot does.
//
// Threads: submit, read, glance, when_durable, payload, epoch, health from any thread. `Done` and `Settled` are called on
// the writer's thread after the commit (or at once, on the caller's); they must not block and must not submit_and_wait.
// open() returns a centre that already runs.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/seam.h"
#include "commands/genesis.h"
#include "commands/machine.h"
#include "journal/journal.h"
#include "release/catalogue.h"
#include "release/looks.h"
#include "sequencer/commit_times.h"
#include "sequencer/commits.h"
#include "sequencer/in_flight.h"
#include "sequencer/keys.h"
#include "sequencer/signature.h"
#include "sequencer/snapshotter.h"
#include "sequencer/state_lock.h"
#include "stix/judging.h"
#include "views/office_log.h"

namespace comity::sequencer {

struct Submission {
  model::Command command;
  std::optional<Bytes> payload = {};
  SigningKeys keys = {};  // by which the signature of its act was looked at
};

struct Answer {
  enum class Kind : uint8_t {
    ruled,       // `ruling` stands in record `index`
    over_quota,  // too many refusals: no record
    busy,        // not taken: the queue is full, the journal failed, or the centre stops; nothing happened
  };
  Kind kind = Kind::busy;
  model::Ruling ruling;
  Index index = 0;
  UtcTime time;
  uint64_t own = 0;  // records of its office, up to and with this one
};

// Whether a clock far ahead of the log is believed: only where a scenario is loaded before the doors open.
enum class Leaps : uint8_t { refused, allowed };

struct CentreOptions {
  std::string data;  // the data directory
  Leaps leaps = Leaps::refused;
  SnapshotOptions snapshots = {};  // none are made unless it names a command
  stix::Judging judging = {};      // of objects, for whoever sends no wish of her own
};

// What may be looked at: read() or glance(), for those who do either by turns.
enum class Seeing : uint8_t { durable, applied };

// What a reader may look at while it holds the lock.
struct Glimpse {
  state::State const& state;
  views::OfficeLog const& log;
  release::Catalogue& catalogue;
  release::Looks& looks;
};

// What an operator sees of the centre: no name, and nothing that counts records (25-isolation F7).
struct Vitals {
  size_t queued = 0;                                // commands that wait
  CommitTimes::Summary commits;                     // of the last minutes
  std::optional<Duration> snapshot_age;             // none: boot would replay from record 0
  std::optional<Duration> backup_age;               // none: there was never one
  bool journal_failed = false, unreadable = false;  // nothing is accepted; nothing is served either
  bool clock_leapt = false, overdue = false;  // the clock is not believed; a deadline waits for its pulse
  bool restoring = false;                     // the journal was put back: nobody is served
};

class Centre {
 public:
  // A new data directory: keys, journal, record 0.
  static Result<void> init(std::string const& data, commands::Genesis const& genesis, Seam seam);
  static Result<std::unique_ptr<Centre>> open(CentreOptions options, Seam seam);
  ~Centre();  // takes nothing more, finishes what is queued

  using Done = std::function<void(std::vector<Answer>&&)>;
  // All of them one after another, in one commit, each with its own ruling.
  void submit(std::vector<Submission> submissions, Done done);
  std::vector<Answer> submit_and_wait(std::vector<Submission> submissions);
  Answer submit_and_wait(Submission submission);

  // `question` may be asked more than once.
  template <class Question>
  auto read(Question&& question) const {
    for (;;) {
      Commits::Mark mark;
      if constexpr (std::is_void_v<std::invoke_result_t<Question, Glimpse>>) {
        glance([&](Glimpse const& glimpse) { mark = commits_.mark(), question(glimpse); });
        if (commits_.wait(mark) == Fate::kept) return;
      } else {
        auto answer = glance([&](Glimpse const& glimpse) {
          mark = commits_.mark();
          return question(glimpse);
        });
        if (commits_.wait(mark) == Fate::kept) return answer;
      }
    }
  }
  template <class Question>
  auto glance(Question&& question) const {
    std::shared_lock const lock(lock_);
    return question(Glimpse{state_, log_, catalogue_, looks_});
  }
  // Before a question by id: the catalogue takes in what it lacks of the office's feeds, piece by piece.
  void catch_up(OfficeKey office) const;
  template <class Question>
  auto see(Seeing seeing, Question&& question) const {
    return seeing == Seeing::durable ? read(question) : glance(question);
  }
  // Calls `then` once all that glances since `first` can have shown is durable (`kept`), or was not to be (`lost`).
  using Settled = std::function<void(Fate)>;
  Commits::Mark mark() const { return commits_.mark(); }
  void when_durable(Commits::Mark first, Settled then) const {
    commits_.when_settled(first, std::move(then));
  }

  Result<Bytes> payload(PayloadKey key) const { return journal_->reader().payload(key); }
  journal::Reader const& reader() const { return journal_->reader(); }
  Keys const& keys() const { return keys_; }
  stix::Judging const& judging() const { return options_.judging; }
  Seam seam() const { return seam_; }

  // While a clock that leapt ahead is not believed: the time at which an act of the officers would be recorded.
  std::optional<UtcTime> stands_still_at() const;

  // Moves with every batch that was applied: whoever waits for something new may look again.
  uint64_t published() const { return published_.load(std::memory_order_acquire); }
  // Moves when something may be seen by fewer than before (state/state.h).
  uint64_t epoch() const { return epoch_.load(std::memory_order_acquire); }
  // Nothing may be served: a deadline is overdue, until the pulse is applied (G14); or the journal failed and what is
  // durable could not be read again.
  bool is_overdue() const;
  // The journal was put back, and two officers have not recorded what was lost (G15). Until then the writer takes what
  // commands/put_back.h lists and nothing else.
  bool is_restoring() const { return restoring_.load(std::memory_order_acquire); }
  bool serves_nobody() const { return is_restoring() || is_overdue(); }
  // One word for /healthz: ok, failing.
  char const* health() const;
  size_t queue_length() const;
  Vitals vitals() const;

 private:
  struct Waiting {
    std::vector<Submission> submissions;
    Done done;
  };
  struct Batch;

  Centre(CentreOptions options, Seam seam, Keys keys);
  Result<void> boot();
  Result<void> load();
  Result<void> record_boot();
  void rebuild();
  Result<void> note(Snapshotted const& made);
  void run();
  void process(std::vector<Waiting> waiting);
  bool decide_all(std::vector<Waiting>& waiting, Batch& batch, std::vector<std::vector<Answer>>& answers);
  void take_back(std::vector<std::vector<Answer>>& answers);
  void rule(Batch& batch, Submission&& submission, Answer& answer);
  void rule_system(Batch& batch);
  void take_portion(Batch& batch);
  enum class Idle : uint8_t { no, yes };
  void let_time_pass(Batch& batch, UtcTime now, Idle idle);
  void answer_again(Batch const& batch, Index earlier, Answer& answer);
  Result<void> commit(Batch& batch);
  Result<void> destroy_deleted_by(Batch const& batch);
  std::vector<Index> records_of_gone(std::vector<ItemKey> const& items) const;
  bool clock_leapt(UtcTime now) const;
  bool is_taken_now(model::Command const& command) const;
  void publish();

  CentreOptions options_;
  Seam seam_;
  Keys keys_;
  std::unique_ptr<journal::Journal> journal_;
  std::unique_ptr<InFlight> in_flight_;

  mutable StateLock lock_;
  Commits commits_;
  CommitTimes commit_times_;
  std::atomic<int64_t> snapshot_us_{0};  // when the newest snapshot was made; 0: there is none
  state::State state_;
  views::OfficeLog log_;
  mutable release::Catalogue catalogue_;  // of what state_ holds; has a lock of its own
  mutable release::Looks looks_;          // likewise
  std::atomic<uint64_t> epoch_{0};
  std::atomic<uint64_t> published_{0};
  std::atomic<int64_t> deadline_us_{INT64_MAX};
  std::atomic<int64_t> due_us_{INT64_MAX};  // when the writer has to do something by itself
  std::atomic<bool> failed_{false}, unreadable_{false}, leapt_{false}, restoring_{false};
  // The writer's own: there is something to do at once, since a leap has just been believed, or something waits.
  bool goes_on_{false};

  mutable std::mutex queue_lock_;
  std::condition_variable queue_changed_;
  std::deque<Waiting> queue_;
  size_t queued_ = 0;
  bool stopping_ = false;
  std::thread writer_;
  Index snapshot_ = 0;          // boot began from it
  bool deleted_since_ = false;  // something that it may hold
  std::unique_ptr<Snapshotter> snapshotter_;
};

}  // namespace comity::sequencer
