#include "cli/vitals.h"

#include <filesystem>

#include "sequencer/replay.h"

namespace comity::cli {
namespace {

namespace fs = std::filesystem;
using sequencer::Vitals;

constexpr uintmax_t size_step = 16u << 20, room_step = 64u << 20;

double in_seconds(Duration time) { return static_cast<double>(time.us) / 1e6; }

double journal_bytes(std::string const& data) {
  uintmax_t all = 0;
  for (char const* suffix : {"", "-wal"}) {
    std::error_code none;
    auto const size = fs::file_size(sequencer::journal_path(data) + suffix, none);
    if (!none) all += size;
  }
  return static_cast<double>((all + size_step - 1) / size_step * size_step);
}

double free_bytes(std::string const& data) {
  std::error_code unknown;
  auto const space = fs::space(data, unknown);
  return unknown ? -1 : static_cast<double>(space.available / room_step * room_step);
}

}  // namespace

void watch_vitals(http::Metrics& metrics, sequencer::Centre const& centre, Doors const& doors,
                  std::string const& data) {
  auto const watch = [&](http::Metrics::Gauge const& gauge, double (*of)(Vitals const&)) {
    metrics.watch(gauge, [&centre, of] { return of(centre.vitals()); });
  };
  char const* const queues = "Entries that wait";
  watch({"comity_queue_length", queues, {"queue", "commands"}},
        [](Vitals const& now) { return static_cast<double>(now.queued); });
  metrics.watch({"comity_queue_length", queues, {"queue", "password_checks"}},
                [&doors] { return static_cast<double>(doors.throttled().checks); });
  char const* const commits = "Time of a commit in the last five minutes; 0: there was none";
  watch({"comity_commit_seconds", commits, {"which", "usual"}},
        [](Vitals const& now) { return in_seconds(now.commits.usual); });
  watch({"comity_commit_seconds", commits, {"which", "longest"}},
        [](Vitals const& now) { return in_seconds(now.commits.longest); });
  char const* const back_off = "Names and networks that have to wait after failed passwords";
  metrics.watch({"comity_back_off", back_off, {"of", "users"}},
                [&doors] { return static_cast<double>(doors.throttled().users); });
  metrics.watch({"comity_back_off", back_off, {"of", "networks"}},
                [&doors] { return static_cast<double>(doors.throttled().addresses); });
  char const* const failing = "1: the centre is failing for this reason";
  watch({"comity_failing", failing, {"why", "journal"}},
        [](Vitals const& now) { return now.journal_failed ? 1.0 : 0.0; });
  watch({"comity_failing", failing, {"why", "unreadable"}},
        [](Vitals const& now) { return now.unreadable ? 1.0 : 0.0; });
  watch({"comity_failing", failing, {"why", "clock"}},
        [](Vitals const& now) { return now.clock_leapt ? 1.0 : 0.0; });
  watch({"comity_failing", failing, {"why", "deadline"}},
        [](Vitals const& now) { return now.overdue ? 1.0 : 0.0; });
  watch({"comity_failing", failing, {"why", "restored"}},
        [](Vitals const& now) { return now.restoring ? 1.0 : 0.0; });
  watch({"comity_backup_age_seconds", "Age of the last backup; -1: there was none"},
        [](Vitals const& now) { return now.backup_age ? in_seconds(*now.backup_age) : -1; });
  watch({"comity_snapshot_age_seconds", "Age of the newest snapshot; -1: there is none"},
        [](Vitals const& now) { return now.snapshot_age ? in_seconds(*now.snapshot_age) : -1; });
  metrics.watch({"comity_journal_bytes", "Size of the journal, rounded up to 16 MiB"},
                [data] { return journal_bytes(data); });
  metrics.watch({"comity_disk_free_bytes", "Room on the disk of the data directory, rounded down to 64 MiB"},
                [data] { return free_bytes(data); });
}

std::vector<std::string> news(Vitals const& before, Vitals const& now) {
  struct Alarm {
    bool Vitals::* is_on;
    char const *begun, *ended;
  };
  static constexpr Alarm alarms[] = {
      {&Vitals::journal_failed,
       "the journal cannot be written: nothing is accepted, what is durable is still served. Make room or "
       "mend the "
       "disk, then restart",
       "the journal is written again"},
      {&Vitals::unreadable,
       "the journal cannot be read back: nothing is served. Look at the disk, then `comity verify`, then "
       "restart",
       "the journal can be read again"},
      {&Vitals::clock_leapt,
       "the clock is far ahead of the last record: nothing is accepted. Set the clock; if it is right, "
       "restart",
       "the clock is believed again"},
      {&Vitals::restoring,
       "the journal was put back: nobody is served until parties have presented what they took back in the "
       "lost range and two officers have recorded it (`comity host restored`)",
       "two officers have recorded what was lost: the centre serves again"},
      {&Vitals::overdue, "a deadline has passed and is not recorded yet: every door answers 503 until it is",
       "no deadline is overdue any more"},
  };
  std::vector<std::string> all;
  for (Alarm const& alarm : alarms)
    if (before.*alarm.is_on != now.*alarm.is_on)
      all.emplace_back(now.*alarm.is_on ? alarm.begun : alarm.ended);
  return all;
}

}  // namespace comity::cli
