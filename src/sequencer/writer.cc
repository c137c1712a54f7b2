// The writer's thread: queue → decide → apply → append → reply.
#include <algorithm>
#include <chrono>

#include "base/limits.h"
#include "base/mutant.h"
#include "codec/codec.h"
#include "commands/advance_time.h"
#include "commands/delete_item.h"
#include "commands/pulse.h"
#include "commands/put_back.h"
#include "commands/telling.h"
#include "commands/to_look_at.h"
#include "sequencer/batch.h"
#include "sequencer/centre.h"
#include "sequencer/crash_watch.h"

namespace comity::sequencer {
namespace {

// Names the command for as long as the machine is at work on it: decides, and applies. Not those that have no digest:
// time must pass, so a pulse that fails is tried again, not refused.
class MarkedInFlight {
 public:
  MarkedInFlight(InFlight& mark, model::Command const& command)
      : mark_(command.digest.is_none() ? nullptr : &mark) {
    if (mark_) mark_->set(command);
  }
  MarkedInFlight(MarkedInFlight const&) = delete;
  ~MarkedInFlight() {
    if (mark_) mark_->clear();
  }

 private:
  InFlight* mark_;
};

// What was ruled on since the command was prepared may have changed the keys that its act names, or been lost with its batch. The
// record says whether the signatures hold by the law before it, as replay asks.
void verify_by_now(state::State const& state, Submission& submission) {
  if (!submission.command.act) return;
  SigningKeys const keys = signing_keys(state.law, submission.command);
  if (keys != submission.keys)
    submission.command.act->verified = signatures_hold(*submission.command.act, keys);
}

// How long the writer may sleep that can do nothing until somebody mends something.
constexpr Duration nothing_to_do = seconds(1);

}  // namespace

void Centre::run() {
  CrashWatch const watch(in_flight_->crashed());
  std::unique_lock guard(queue_lock_);
  for (;;) {
    int64_t const now = seam_.clock.now().us;
    int64_t const idle = limits::idle_pulse.us / 2;
    int64_t const soonest = failed_ || leapt_ ? nothing_to_do.us : 1'000;
    int64_t const sleep = std::clamp<int64_t>(due_us_.load() - now, soonest, idle);
    queue_changed_.wait_for(guard, std::chrono::microseconds(sleep),
                            [this] { return stopping_ || goes_on_ || !queue_.empty(); });
    if (stopping_ && queue_.empty()) return;
    std::vector<Waiting> taken;
    for (size_t count = 0; !queue_.empty() && count < limits::batch_commands;) {
      count += queue_.front().submissions.size();
      queued_ -= queue_.front().submissions.size();
      taken.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    guard.unlock();
    process(std::move(taken));
    guard.lock();
  }
}

bool Centre::clock_leapt(UtcTime now) const {
  if (mutated(Mutant::clock_may_leap)) return false;
  UtcTime const believed = state_.believed.value_or(state_.last_time);
  return options_.leaps == Leaps::refused && now > std::max(believed, state_.last_time + limits::log_leap);
}

// While nobody is served, what is presented and what ends that (put_back.h); while the clock is not believed, only what may
// make it so (advance_time.h).
bool Centre::is_taken_now(model::Command const& command) const {
  if (state_.restoring && !commands::is_taken_meanwhile(state_, command)) return false;
  return !leapt_ || commands::advances_time(state_, command);
}

// Under the lock: everything that the batch will hold. False: the centre takes nothing now.
bool Centre::decide_all(std::vector<Waiting>& waiting, Batch& batch,
                        std::vector<std::vector<Answer>>& answers) {
  std::unique_lock const lock(lock_);
  UtcTime const now = seam_.clock.now();
  leapt_ = clock_leapt(now);
  goes_on_ = false;
  if (failed_) {
    publish();
    return false;
  }
  commits_.begin();
  batch.time = leapt_ ? state_.last_time : std::max(state_.last_time, now);
  if (!leapt_) let_time_pass(batch, now, waiting.empty() ? Idle::yes : Idle::no);
  for (size_t i = 0; i < waiting.size(); ++i)
    for (size_t k = 0; k < waiting[i].submissions.size(); ++k) {
      if (!is_taken_now(waiting[i].submissions[k].command)) continue;
      uint64_t const epoch = state_.epoch;
      rule(batch, std::move(waiting[i].submissions[k]), answers[i][k]);
      if (state_.epoch != epoch) rule_system(batch);
    }
  take_portion(batch);
  goes_on_ = leapt_ ? !clock_leapt(now) : commands::next_portion(state_, batch.time).has_value();
  publish();
  return true;
}

// If we die here: the batch may be on the disk or not; nobody was told, and boot applies what it finds.
void Centre::take_back(std::vector<std::vector<Answer>>& answers) {
  failed_ = true;
  for (auto& some : answers)
    for (Answer& answer : some) answer = Answer{};
  std::unique_lock const lock(lock_);
  rebuild();
  publish();
}

void Centre::process(std::vector<Waiting> waiting) {
  std::vector<std::vector<Answer>> answers;
  for (Waiting const& one : waiting) answers.emplace_back(one.submissions.size());
  Batch batch;
  if (decide_all(waiting, batch, answers)) {
    // The state's lock is free: readers go on while the disk works, and wait before they tell what they saw.
    bool const kept = commit(batch).has_value();
    if (!kept) take_back(answers);
    commits_.end(kept ? Fate::kept : Fate::lost);
  }
  // The batch is durable. If we die here, clients that ask again get the recorded ruling by their idempotency key.
  for (size_t i = 0; i < waiting.size(); ++i) waiting[i].done(std::move(answers[i]));
  // Nothing of it is lost by a failure here, but nothing more can be taken: that is to be seen at once.
  if (!journal_->tend()) failed_ = true;
}

// What happens by itself before the commands of a batch. A leap that is believed is an outage: nothing was taken meanwhile.
void Centre::let_time_pass(Batch& batch, UtcTime now, Idle idle) {
  Duration const passed = now - state_.last_time;
  bool const leaps = options_.leaps == Leaps::refused && passed > limits::log_leap;
  if (leaps || (idle == Idle::yes && passed > limits::idle_pulse)) {
    commands::Pulse const pulse{leaps ? passed : Duration{}, 0, {}};
    Answer ignored;
    rule(batch, {system_command(model::CommandKind::pulse, codec::encode(pulse))}, ignored);
  }
  rule_system(batch);
}

// What the machine has to do by itself at this time: deadlines, completed adoptions. Each step may lead to the next. What
// is left stays due, and the writer comes back for it at once.
void Centre::rule_system(Batch& batch) {
  for (size_t made = 0; made < limits::own_commands_at_once; ++made) {
    auto command = commands::next_system_command(state_, batch.time);
    if (!command) return;
    Answer ignored;
    rule(batch, {std::move(*command)}, ignored);
  }
}

// Of ended delays and of what waits to be looked at: one portion, after the commands that wait and the deadlines. While more is left, the
// writer comes back for it as soon as this batch is durable, with whoever came meanwhile.
void Centre::take_portion(Batch& batch) {
  auto command = leapt_ ? std::nullopt : commands::next_portion(state_, batch.time);
  if (!command) return;
  Answer ignored;
  rule(batch, {std::move(*command)}, ignored);
}

void Centre::rule(Batch& batch, Submission&& submission, Answer& answer) {
  commands::Context context{state_.next_index, batch.time, state_.ruleset,
                            submission.payload ? state_.next_payload : 0};
  MarkedInFlight const mark(*in_flight_, submission.command);
  verify_by_now(state_, submission);
  commands::Verdict verdict = commands::decide(state_, submission.command, context);
  answer.time = batch.time;
  if (verdict.kind == commands::Verdict::Kind::over_quota) {
    answer.kind = Answer::Kind::over_quota;
    return;
  }
  if (verdict.kind == commands::Verdict::Kind::unrecorded) {
    answer.kind = Answer::Kind::ruled;
    answer.ruling = std::move(verdict.ruling);
    return;
  }
  if (verdict.kind == commands::Verdict::Kind::repeat) {
    answer.own = log_.records_of(submission.command.office).size();
    return answer_again(batch, verdict.earlier, answer);
  }
  journal::Entry entry;
  entry.record.index = context.index;
  entry.record.time = batch.time;
  entry.record.ruleset = context.ruleset;
  entry.record.command = std::move(submission.command);
  entry.record.ruling = std::move(verdict.ruling);
  entry.payload = std::move(submission.payload);
  if (entry.record.ruling.accepted()) {
    entry.record.payload = context.payload;
  } else {
    entry.record.command.sealed.clear();  // what was refused is not kept (E6)
  }
  entry.record.centre = state_.centre.origin_now();
  if (entry.record.command.office) entry.record.author = state_.law.office(entry.record.command.office).name;
  journal_->commit_to_payload(entry);
  commands::apply(state_, entry.record);
  entry.record.told = commands::tellings(state_, entry.record);
  log_.on_record(entry.record);
  answer.kind = Answer::Kind::ruled;
  answer.ruling = entry.record.ruling;
  answer.index = entry.record.index;
  answer.own = log_.records_of(entry.record.command.office).size();
  batch.entries.push_back(std::move(entry));
}

// The same command as before, by its idempotency key: the ruling as it was recorded, told again.
void Centre::answer_again(Batch const& batch, Index earlier, Answer& answer) {
  answer.kind = Answer::Kind::ruled;
  answer.index = earlier;
  for (journal::Entry const& entry : batch.entries)
    if (entry.record.index == earlier) {
      answer.ruling = entry.record.ruling;
      answer.time = entry.record.time;
      return;
    }
  auto record = journal_->reader().read(earlier);
  if (!record) {
    answer = Answer{};
    return;
  }
  answer.ruling = std::move(record->ruling);
  answer.time = record->time;
}

Result<void> Centre::commit(Batch& batch) {
  if (batch.entries.empty()) return {};
  in_flight_->enter_commit();
  int64_t const began = seam_.clock.monotonic_us();
  auto const done = journal_->append(batch.entries, journal::Journal::Tend::later);
  int64_t const ended = seam_.clock.monotonic_us();
  commit_times_.took({ended - began}, ended);
  in_flight_->leave_commit();
  if (!done) return done;
  in_flight_->remember(journal_->head());
  in_flight_->remember_law(state_);
  // From here on the batch is durable, and is answered, whatever becomes of what has to be destroyed: that is done again
  // at the next start, and until then nothing more is taken.
  failed_ = failed_ || !destroy_deleted_by(batch);
  if (snapshotter_) snapshotter_->records(journal_->next_index());
  return {};
}

Result<void> Centre::destroy_deleted_by(Batch const& batch) {
  std::vector<ItemKey> deleted;
  for (journal::Entry const& entry : batch.entries) {
    if (entry.record.command.kind != model::CommandKind::delete_item || !entry.record.ruling.accepted())
      continue;
    if (auto const body = codec::decode<commands::DeleteItem>(entry.record.command.body))
      for (ItemKey key : state_.holdings.with_id(body->id)) deleted.push_back(key);
  }
  auto const records = records_of_gone(deleted);
  if (records.empty()) return {};
  if (snapshotter_)
    snapshotter_->destroyed();
  else
    in_flight_->remember_owed(snapshots_after_destruction);
  return journal_->destroy(records);
}

// Nothing is left of an item that is contributed nowhere any more: its facts and payload go, its leaf stays. If we die
// before or in this, boot does it again.
std::vector<Index> Centre::records_of_gone(std::vector<ItemKey> const& items) const {
  std::vector<Index> records;
  for (ItemKey key : items) {
    state::Item const& item = state_.holdings.item(key);
    if (!item.is_gone()) continue;
    for (state::Contribution const& one : item.contributions) records.push_back(one.index);
    if (auto const copies = state_.holdings.copies.find(key); copies != state_.holdings.copies.end())
      records.insert(records.end(), copies->second.begin(), copies->second.end());
  }
  return records;
}

// After a failed commit the state holds what is not durable: start again from what is, so that reads go on. If that
// cannot be read either, nothing may be served any more.
void Centre::rebuild() {
  uint64_t const epoch = state_.epoch;
  unreadable_ = !load();
  catalogue_.forget();
  state_.epoch = epoch + 1;
}

}  // namespace comity::sequencer
