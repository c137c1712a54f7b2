#include "sequencer/centre.h"

#include <algorithm>
#include <future>

#include "base/limits.h"
#include "codec/codec.h"
#include "commands/all.h"
#include "crypto/sha256.h"
#include "journal/snapshots.h"
#include "sequencer/batch.h"
#include "sequencer/replay.h"

namespace comity::sequencer {

Result<void> Centre::init(std::string const& data, commands::Genesis const& genesis, Seam seam) {
  TRY_VOID(seam.files.make_folder(data, 0700));
  if (seam.files.exists(journal_path(data)))
    return fail(ErrorCode::bad_input, data + " holds a centre already; choose another directory");
  TRY_VOID(make_keys(seam, data + "/keys"));
  state::State nothing;
  model::Command command = system_command(model::CommandKind::genesis, codec::encode(genesis));
  commands::Verdict const verdict = commands::decide(nothing, command, {0, seam.clock.now()});
  if (!verdict.ruling.accepted())
    return fail(ErrorCode::bad_input, "genesis is refused: " + verdict.ruling.reasons[0].subject);
  auto journal = TRY(journal::Journal::create(journal_path(data), seam.entropy));
  journal::Entry entry;
  entry.record.time = seam.clock.now();
  entry.record.command = std::move(command);
  entry.record.ruling = verdict.ruling;
  return journal->append({&entry, 1});
}

Centre::Centre(CentreOptions options, Seam seam, Keys keys)
    : options_(std::move(options)), seam_(seam), keys_(std::move(keys)) {}

Result<std::unique_ptr<Centre>> Centre::open(CentreOptions options, Seam seam) {
  Keys keys = TRY(load_keys(seam, options.data + "/keys"));
  std::unique_ptr<Centre> centre(new Centre(std::move(options), seam, std::move(keys)));
  TRY_VOID(centre->boot());
  centre->writer_ = std::thread([raw = centre.get()] { raw->run(); });
  return centre;
}

Centre::~Centre() {
  {
    std::lock_guard const guard(queue_lock_);
    stopping_ = true;
  }
  queue_changed_.notify_all();
  if (writer_.joinable()) writer_.join();
}

Result<void> Centre::boot() {
  journal_ = TRY(journal::Journal::open(journal_path(options_.data), seam_.entropy));
  in_flight_ = TRY(InFlight::open(options_.data + "/in-flight"));
  if (auto const head = in_flight_->remembered(); head && !TRY(journal_->reader().agrees(*head)))
    return fail(
        ErrorCode::corrupt,
        "the journal is not the one this directory had: it holds " + std::to_string(journal_->next_index()) +
            " records and should hold " + std::to_string(head->size) +
            " or more. Was it put back from a backup? Look at it with `comity verify`; serving from it as it "
            "is would bring back what has been taken back since.");
  TRY_VOID(load());
  std::vector<ItemKey> all;
  for (size_t i = 0; i < state_.holdings.items.size(); ++i) all.push_back(ItemKey(i));
  TRY_VOID(destroy_deleted(all));
  if (state_.next_index == 0)
    return fail(ErrorCode::corrupt, "the journal has no record 0; was `comity init` cut off?");
  TRY_VOID(record_boot());
  publish();
  return {};
}

// From the last snapshot, if the log after it says its digest (G15); else from record 0.
Result<void> Centre::load() {
  auto snapshot = TRY(journal::latest_snapshot(snapshots_path(options_.data)));
  if (snapshot && snapshot->index <= journal_->next_index()) {
    if (auto image = codec::decode<Image>(snapshot->bytes)) {
      state_ = std::move(image->state);
      log_ = std::move(image->log);
      state::complete(state_);
      if (TRY(replay(snapshot->digest))) return {};
    }
  }
  state_ = state::State{};
  log_ = views::OfficeLog{};
  TRY(replay(Digest{}));
  return {};
}

static bool notes(model::Record const& record, Digest const& snapshot) {
  if (record.command.kind != model::CommandKind::pulse) return false;
  auto const pulse = codec::decode<commands::Pulse>(record.command.body);
  return pulse && pulse->snapshot == snapshot;
}

// Applies what comes after the state. Whether some record on the way noted the snapshot it began from.
Result<bool> Centre::replay(Digest const& began_from) {
  bool noted = false;
  TRY_VOID(journal_->reader().scan(state_.next_index, journal::Reader::Check::leaves,
                                   [&](model::Record&& record, Digest const&) -> Result<void> {
                                     noted |= notes(record, began_from);
                                     commands::apply(state_, record);
                                     log_.on_record(record);
                                     return {};
                                   }));
  return noted;
}

// Boot records how long the centre was down (G14), and the command it crashed on, if it did (E11).
Result<void> Centre::record_boot() {
  Batch batch;
  batch.time = std::max(state_.last_time, seam_.clock.now());
  Answer ignored;
  if (auto const fault = in_flight_->left_over())
    rule(batch, {system_command(model::CommandKind::fault, codec::encode(*fault))}, ignored);
  commands::Pulse const pulse{batch.time - state_.last_time, 0, {}};
  rule(batch, {system_command(model::CommandKind::pulse, codec::encode(pulse))}, ignored);
  rule_system(batch);
  TRY_VOID(commit(batch));
  in_flight_->clear();
  return {};
}

void Centre::submit(std::vector<Submission> submissions, Done done) {
  {
    std::lock_guard const guard(queue_lock_);
    if (!stopping_ && !failed_ &&
        queued_ + submissions.size() <= limits::queue_commands + limits::envelope_objects &&
        (queued_ < limits::queue_commands)) {
      queued_ += submissions.size();
      queue_.push_back({std::move(submissions), std::move(done)});
      queue_changed_.notify_one();
      return;
    }
  }
  done(std::vector<Answer>(submissions.size()));
}

std::vector<Answer> Centre::submit_and_wait(std::vector<Submission> submissions) {
  std::promise<std::vector<Answer>> promise;
  submit(std::move(submissions),
         [&](std::vector<Answer>&& answers) { promise.set_value(std::move(answers)); });
  return promise.get_future().get();
}

Answer Centre::submit_and_wait(Submission submission) {
  std::vector<Submission> one;
  one.push_back(std::move(submission));
  return submit_and_wait(std::move(one)).front();
}

bool Centre::is_overdue() const {
  return seam_.clock.now().us > deadline_us_.load(std::memory_order_acquire) &&
         seam_.clock.now().us - deadline_us_.load(std::memory_order_acquire) > limits::overdue_pulse.us;
}

char const* Centre::health() const { return failed_ || leapt_ || is_overdue() ? "failing" : "ok"; }

size_t Centre::queue_length() const {
  std::lock_guard const guard(queue_lock_);
  return queued_;
}

void Centre::publish() {
  epoch_.store(state_.epoch, std::memory_order_release);
  deadline_us_.store(state::next_deadline(state_).us, std::memory_order_release);
}

}  // namespace comity::sequencer
