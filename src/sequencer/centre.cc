#include "sequencer/centre.h"

#include <algorithm>
#include <future>

#include "base/limits.h"
#include "codec/codec.h"
#include "commands/all.h"
#include "commands/to_look_at.h"
#include "crypto/sha256.h"
#include "journal/snapshots.h"
#include "release/ids.h"
#include "sequencer/backup.h"
#include "sequencer/batch.h"
#include "sequencer/put_back.h"
#include "sequencer/replay.h"

namespace comity::sequencer {

Result<void> Centre::init(std::string const& data, commands::Genesis const& genesis, Seam seam) {
  TRY_VOID(seam.files.make_folder(data, 0700));
  if (seam.files.exists(journal_path(data)))
    return fail(ErrorCode::bad_input, data + " holds a centre already; choose another directory");
  TRY_VOID(make_keys(seam, data + "/keys"));
  Keys const keys = TRY(load_keys(seam, data + "/keys"));
  commands::Genesis record_0 = genesis;
  record_0.identity = release::centre_identity_id(keys.prf, genesis.origin);
  record_0.host_identity = release::party_identity_id(keys.prf, genesis.host_slug);
  state::State nothing;
  model::Command command = system_command(model::CommandKind::genesis, codec::encode(record_0));
  commands::Verdict const verdict = commands::decide(nothing, command, {0, seam.clock.now()});
  if (!verdict.ruling.accepted())
    return fail(ErrorCode::bad_input,
                "genesis is refused: a value is out of shape or reserved (an origin begins with `demo.` if "
                "and only if it is "
                "a demo; two officers or more)",
                verdict.ruling.reasons[0].subject);
  auto journal = TRY(journal::Journal::create(journal_path(data), seam.entropy));
  journal::Entry entry;
  entry.record.time = seam.clock.now();
  entry.record.command = std::move(command);
  entry.record.ruling = verdict.ruling;
  return journal->append({&entry, 1});
}

Centre::Centre(CentreOptions options, Seam seam, Keys keys)
    : options_(std::move(options)),
      seam_(seam),
      keys_(std::move(keys)),
      catalogue_({keys_.prf, keys_.cursor, keys_.comparison}) {}

Result<std::unique_ptr<Centre>> Centre::open(CentreOptions options, Seam seam) {
  Keys keys = TRY(load_keys(seam, options.data + "/keys"));
  std::unique_ptr<Centre> centre(new Centre(std::move(options), seam, std::move(keys)));
  TRY_VOID(centre->boot());
  Centre* const raw = centre.get();
  InFlight* const mark = raw->in_flight_.get();
  if (raw->deleted_since_) mark->remember_owed(snapshots_after_destruction);
  if (!centre->options_.snapshots.command.empty())
    centre->snapshotter_ = std::make_unique<Snapshotter>(
        centre->options_.snapshots, centre->snapshot_,
        Snapshotter::Owed{mark->owed(), [mark](uint32_t left) { mark->remember_owed(left); }},
        [raw](Snapshotted const& made) { return raw->note(made); });
  centre->writer_ = std::thread([raw] { raw->run(); });
  return centre;
}

Centre::~Centre() {
  if (snapshotter_)
    snapshotter_->stop();  // it submits to the writer, who speaks to it: stopped first, gone last
  {
    std::lock_guard const guard(queue_lock_);
    stopping_ = true;
  }
  queue_changed_.notify_all();
  if (writer_.joinable()) writer_.join();
}

Result<void> Centre::boot() {
  journal_ = TRY(journal::Journal::open(journal_path(options_.data), seam_.entropy));
  TRY_VOID(load());
  if (state_.next_index == 0)
    return fail(ErrorCode::corrupt, "the journal has no record 0; was `comity init` cut off?");
  TRY_VOID(are_of_this_centre(keys_, journal_->reader()));
  in_flight_ = TRY(InFlight::open(options_.data + "/in-flight"));
  std::vector<ItemKey> all;
  for (size_t i = 0; i < state_.holdings.items.size(); ++i) all.push_back(ItemKey(i));
  if (auto const gone = records_of_gone(all); !gone.empty()) TRY_VOID(journal_->destroy(gone));
  TRY_VOID(record_boot());
  goes_on_ = commands::next_portion(state_, seam_.clock.now()).has_value();
  publish();
  return {};
}

// From the last snapshot that the log knows; else from record 0. Nothing changes unless all of it was read.
Result<void> Centre::load() {
  Image image = TRY(trusted_image(options_.data, journal_->reader()));
  snapshot_ = image.state.next_index;
  deleted_since_ = false;
  if (snapshot_ != 0) snapshot_us_ = std::max(snapshot_us_.load(), image.state.last_time.us);
  TRY_VOID(journal_->reader().scan(
      image.state.next_index, journal::Reader::Check::leaves,
      [&](model::Record&& record, Digest const&) -> Result<void> {
        TRY_VOID(known_ruleset(image.state, record));
        commands::apply(image.state, record);
        image.log.on_record(record);
        deleted_since_ |= record.command.kind == model::CommandKind::delete_item && record.ruling.accepted();
        return {};
      }));
  TRY_VOID(known_ruleset(image.state));
  state_ = std::move(image.state);
  log_ = std::move(image.log);
  return {};
}

// Boot records that the journal was put back, if it was (G15), how long the centre was down (G14), and the command it crashed on, if it did (E11). If we die between the
// commit and the end of this, the fault stands in the log and is not recorded twice.
Result<void> Centre::record_boot() {
  Batch batch;
  batch.time = std::max(state_.last_time, seam_.clock.now());
  Duration const outage = batch.time - state_.last_time;
  Answer ignored;
  auto const found = TRY(found_put_back(options_.data, state_, *in_flight_, *journal_, seam_.files));
  if (found) rule(batch, {system_command(model::CommandKind::put_back, codec::encode(*found))}, ignored);
  if (auto const fault = in_flight_->culprit(); fault && !state_.faulted.contains(fault->digest))
    rule(batch, {system_command(model::CommandKind::fault, codec::encode(*fault))}, ignored);
  commands::Pulse const pulse{outage, 0, {}};
  rule(batch, {system_command(model::CommandKind::pulse, codec::encode(pulse))}, ignored);
  rule_system(batch);
  TRY_VOID(commit(batch));
  in_flight_->settle();
  in_flight_->settle_place();
  return take_mark_away(options_.data, seam_.files);
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

// A snapshot counts only if its digest is in the log (G15).
Result<void> Centre::note(Snapshotted const& made) {
  commands::Pulse const pulse{{}, made.index, made.digest};
  Answer const answer = submit_and_wait({system_command(model::CommandKind::pulse, codec::encode(pulse))});
  if (answer.kind != Answer::Kind::ruled) return fail(ErrorCode::busy, "its digest could not be noted");
  snapshot_us_ = answer.time.us;
  return {};
}

bool Centre::is_overdue() const {
  int64_t const now = seam_.clock.now().us, deadline = deadline_us_.load(std::memory_order_acquire);
  return unreadable_ || (now > deadline && now - deadline > limits::overdue_pulse.us);
}

std::optional<UtcTime> Centre::stands_still_at() const {
  return glance([&](Glimpse const& glimpse) -> std::optional<UtcTime> {
    if (!clock_leapt(seam_.clock.now())) return std::nullopt;
    return glimpse.state.last_time;
  });
}

char const* Centre::health() const { return failed_ || leapt_ || serves_nobody() ? "failing" : "ok"; }

size_t Centre::queue_length() const {
  std::lock_guard const guard(queue_lock_);
  return queued_;
}

Vitals Centre::vitals() const {
  Vitals vitals;
  vitals.queued = queue_length();
  vitals.commits = commit_times_.summary(seam_.clock.monotonic_us());
  if (int64_t const made = snapshot_us_.load(); made != 0)
    vitals.snapshot_age = std::max(Duration{}, seam_.clock.now() - UtcTime{made});
  vitals.journal_failed = failed_, vitals.unreadable = unreadable_;
  vitals.clock_leapt = leapt_, vitals.overdue = is_overdue();
  vitals.restoring = restoring_;
  if (auto const made = last_backup(options_.data, seam_.files))
    vitals.backup_age = std::max(Duration{}, seam_.clock.now() - *made);
  return vitals;
}

void Centre::catch_up(OfficeKey office) const {
  using Progress = release::Catalogue::Progress;
  auto const step = [&](Glimpse const& glimpse) {
    return glimpse.catalogue.take_in(glimpse.state, office, release::catalogue_step);
  };
  while (glance(step) == Progress::more_to_do) {}
}

void Centre::publish() {
  restoring_.store(state_.restoring.has_value(), std::memory_order_release);
  epoch_.store(state_.epoch, std::memory_order_release);
  deadline_us_.store(state::next_deadline(state_).us, std::memory_order_release);
  due_us_.store(state::next_due(state_).us, std::memory_order_release);
  published_.fetch_add(1, std::memory_order_acq_rel);
}

}  // namespace comity::sequencer
