#include "cli/doctor.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "base/limits.h"
#include "cli/plain.h"
#include "cli/show.h"
#include "cli/table.h"
#include "crypto/certificate_life.h"
#include "journal/file_lock.h"
#include "journal/reader.h"
#include "sequencer/backup.h"
#include "sequencer/in_flight.h"
#include "sequencer/keys.h"
#include "sequencer/put_back.h"
#include "sequencer/replay.h"

namespace comity::cli {
namespace {

namespace fs = std::filesystem;

Check ok(std::string name, std::string what) { return {std::move(name), Found::ok, std::move(what), ""}; }
Check warn(std::string name, std::string what, std::string next) {
  return {std::move(name), Found::warn, std::move(what), std::move(next)};
}
Check bad(std::string name, std::string what, std::string next) {
  return {std::move(name), Found::bad, std::move(what), std::move(next)};
}

// "3 days", "2 hours", "5 minutes".
std::string words(Duration time) {
  int64_t const minutes = std::max<int64_t>(0, time.us) / 60'000'000;
  if (minutes >= 2 * 24 * 60) return fmt::format("{} days", minutes / (24 * 60));
  if (minutes >= 2 * 60) return fmt::format("{} hours", minutes / 60);
  return fmt::format("{} minutes", minutes);
}

// The directory itself is the lock on all that is in it; keys are closed on their own.
Check modes(std::string const& data) {
  struct stat folder{};
  if (::stat(data.c_str(), &folder) != 0 || !S_ISDIR(folder.st_mode))
    return bad("modes", data + " is no directory", "name the data directory with --data");
  if ((folder.st_mode & 077) != 0) return bad("modes", "others may enter " + data, "chmod 700 " + data);
  std::error_code none;
  for (auto const& one : fs::recursive_directory_iterator(data, none)) {
    struct stat file{};
    if (::lstat(one.path().c_str(), &file) != 0) continue;  // gone since
    bool const secret = one.path().parent_path() != fs::path(data);
    if (secret && (file.st_mode & 077) != 0)
      return bad("modes", "others may read " + one.path().string(), "chmod go= " + one.path().string());
  }
  return ok("modes", "nobody but its owner enters the directory");
}

Check owner(std::string const& data) {
  struct stat folder{};
  if (::stat(data.c_str(), &folder) != 0) return bad("owner", "unknown", "see modes");
  std::error_code none;
  for (auto const& one : fs::recursive_directory_iterator(data, none)) {
    struct stat file{};
    if (::lstat(one.path().c_str(), &file) == 0 && file.st_uid != folder.st_uid)
      return bad("owner", one.path().string() + " belongs to another user than the directory",
                 fmt::format("chown {} {}", folder.st_uid, one.path().string()));
  }
  if (folder.st_uid == 0)
    return warn("owner", "the directory belongs to root", "give the centre a user of its own");
  return ok("owner", fmt::format("all of it belongs to user {}", folder.st_uid));
}

using Journal = Result<std::unique_ptr<journal::Reader>>;

Check keys(std::string const& data, Journal const& journal, Seam seam) {
  auto const loaded = sequencer::load_keys(seam, data + "/keys");
  if (!loaded)
    return bad("keys", loaded.error().detail,
               "without them no id, cursor or token holds: restore the last backup");
  auto const own = journal ? sequencer::are_of_this_centre(*loaded, **journal) : Result<void>{};
  if (own || own.error().code == ErrorCode::not_found)
    return ok("keys", "all of the centre's keys are there");
  return bad("keys", own.error().detail, "put its own keys there: restore the last backup");
}

Check first_passwords(std::string const& data, Seam seam) {
  auto const left = seam.files.list(data + "/first-passwords");
  if (!left || left->empty()) return ok("first passwords", "none is left");
  return warn("first passwords", fmt::format("{} are left", left->size()),
              "each sets her own (`comity people password`), then delete the file");
}

Check process(std::string const& data) {
  auto const holder = journal::FileLock::holder(sequencer::journal_path(data));
  if (holder) return ok("process", fmt::format("process {} serves from it", *holder));
  return warn("process", "nobody serves from it", "comity serve --data " + data);
}

Check journal(Journal const& reader) {
  if (!reader) return bad("journal", reader.error().detail, "see docs/operations.md, Upgrade and Restore");
  auto const head = (*reader)->head();
  if (!head) return bad("journal", head.error().detail, "comity verify");
  auto const known = sequencer::known_ruleset(**reader);
  if (!known) return bad("journal", known.error().detail, "see docs/operations.md, Upgrade");
  return ok("journal", fmt::format("{} records, a format that this program knows", head->size));
}

Check head(std::string const& data, journal::Reader const& reader, Seam seam) {
  char const* const next = "the next start serves nobody until two officers have recorded it";
  if (sequencer::is_marked_as_put_back(data, seam.files))
    return warn("head", "the directory was restored from a backup", next);
  auto const left = sequencer::InFlight::look_at(data + "/in-flight");
  if (!left || !left->head)
    return bad("head", "there is no head file: how far the log went is not known", next);
  if (left->copied) return bad("head", "the directory was copied or moved", next);
  auto const agrees = reader.agrees(*left->head);
  if (!agrees) return bad("head", agrees.error().detail, "comity verify");
  if (!*agrees)
    return bad("head", fmt::format("the log went to {} records, elsewhere than here", left->head->size),
               next);
  return ok("head", fmt::format("the journal goes to {} records and further", left->head->size));
}

char const* words_of(state::Restoring::Cause cause) {
  using Cause = state::Restoring::Cause;
  switch (cause) {
    case Cause::shorter: return "the journal is shorter than it was";
    case Cause::another: return "the journal is another than it was";
    case Cause::no_head: return "there was no head file";
    case Cause::copied: return "the directory was copied or moved";
    case Cause::restored: return "the directory was restored from a backup";
  }
  return "the journal was put back";
}

Check is_served(std::string const& data) {
  auto const left = sequencer::InFlight::look_at(data + "/in-flight");
  if (!left || !left->restoring) return ok("served", "no restore waits for its two officers");
  return bad(
      "served", std::string("nobody is served: ") + words_of(*left->restoring),
      "docs/operations.md, Restore: parties present, and two officers record it (`comity host restored`)");
}

// Only while nobody serves: else there is always one.
Check in_flight(std::string const& data) {
  auto const left = sequencer::InFlight::look_at(data + "/in-flight");
  bool const served = journal::FileLock::holder(sequencer::journal_path(data)).has_value();
  if (!left || served || !left->busy) return ok("in flight", "no command was left half decided");
  if (!left->crashed)
    return warn("in flight", "the process ended while a command was decided",
                "nothing: it is tried again once, and is a fault if that ends so too");
  return bad("in flight", "the program crashed on a command",
             "start again, which records the fault and refuses the command; report it");
}

Check room(std::string const& data) {
  std::error_code unknown;
  auto const space = fs::space(data, unknown);
  if (unknown) return bad("room", unknown.message(), "look at the disk");
  auto const journal = fs::file_size(sequencer::journal_path(data), unknown);
  std::string const what =
      fmt::format("{:.1f} of {:.1f} GB are free", static_cast<double>(space.available) / 1e9,
                  static_cast<double>(space.capacity) / 1e9);
  if (space.available < limits::least_room) return bad("room", what, "make room before the disk is full");
  if (space.available < space.capacity / limits::room_tenths || (!unknown && space.available < journal))
    return warn("room", what, "make room; a snapshot or a backup beside it takes as much as the journal");
  return ok("room", what);
}

// The one that a start would use: its digest stands in the log. What else lies there is for nothing.
Check snapshot(std::string const& data, journal::Reader const& reader, journal::Head const& head,
               UtcTime now) {
  auto const begins = sequencer::start_begins_at(data, reader);
  bool const long_log = head.size > 2 * limits::snapshot_records;
  char const* const next = "the centre makes them while it is served: look for what serve says of snapshots";
  if (!begins) return warn("snapshot", begins.error().detail, next);
  if (*begins == 0 && long_log)
    return warn("snapshot", "there is none that the log knows, and a start reads all of it", next);
  if (*begins == 0) return ok("snapshot", "there is none; a start reads a short log");
  auto const last = reader.read(*begins - 1);
  if (!last) return bad("snapshot", last.error().detail, "comity verify");
  std::string const what = words(now - last->time) + " old";
  return long_log && now - last->time > limits::snapshot_old ? warn("snapshot", what, next)
                                                             : ok("snapshot", what);
}

Check backup(std::string const& data, Seam seam) {
  auto const made = sequencer::last_backup(data, seam.files);
  std::string const next = "comity backup --data " + data + " FILE";
  if (!made) return warn("backup", "there was never one", next);
  Duration const age = seam.clock.now() - *made;
  return age > limits::backup_old ? warn("backup", words(age) + " old", next)
                                  : ok("backup", words(age) + " old");
}

Check clock(journal::Reader const& reader, journal::Head const& head, UtcTime now, bool served) {
  if (head.size == 0) return ok("clock", "there is no record to compare it with");
  auto const last = reader.read(head.size - 1);
  if (!last) return bad("clock", last.error().detail, "comity verify");
  if (now < last->time)
    return bad("clock", words(last->time - now) + " behind the last record", "set the clock");
  if (served && now - last->time > limits::log_leap)
    return bad("clock", words(now - last->time) + " ahead of the last record",
               "set the clock; if it is right, restart (docs/operations.md)");
  return ok("clock", words(now - last->time) + " after the last record");
}

Check certificate(std::string const& path, Seam seam) {
  auto const pem = seam.files.read(path);
  auto const ends = pem ? crypto::certificate_ends(*pem) : std::unexpected(pem.error());
  if (!ends) return bad("certificate", path + ": " + ends.error().detail, "put a certificate there");
  UtcTime const now = seam.clock.now();
  if (*ends <= now) return bad("certificate", "ended on " + to_text(*ends), "write a new one over it");
  std::string const what = "ends in " + words(*ends - now);
  return *ends - now < limits::certificate_ends_soon ? warn("certificate", what, "write a new one over it")
                                                     : ok("certificate", what);
}

char const* word_of(Found found) {
  switch (found) {
    case Found::ok: return "ok";
    case Found::warn: return "warn";
    case Found::bad: return "bad";
  }
  return "";
}

std::string drawn_checks(std::vector<Check> const& checks) {
  Table table{{"check", "", "what", "what to do"}, {}, {0, 2, 3}};
  for (Check const& one : checks)
    table.rows.push_back({one.name, word_of(one.found), plain(one.what), plain(one.next)});
  return drawn(table, output_columns());
}

Bytes as_json(std::vector<Check> const& checks) {
  json::Array all;
  for (Check const& one : checks)
    all.push_back(json::Object{
        {"check", one.name}, {"found", word_of(one.found)}, {"what", one.what}, {"next", one.next}});
  return json::write(all);
}

}  // namespace

std::vector<Check> examine(DoctorCall const& call, Seam seam) {
  std::string const& data = call.data;
  std::vector<Check> all{modes(data)};
  if (!fs::is_directory(data)) return all;
  auto const reader = journal::Reader::open(sequencer::journal_path(data));
  for (Check& one :
       std::vector<Check>{owner(data), keys(data, reader, seam), first_passwords(data, seam), process(data)})
    all.push_back(std::move(one));
  all.push_back(journal(reader));
  if (reader && all.back().found == Found::ok) {
    auto const end = *(*reader)->head();
    bool const served = journal::FileLock::holder(sequencer::journal_path(data)).has_value();
    all.push_back(head(data, **reader, seam));
    all.push_back(is_served(data));
    all.push_back(snapshot(data, **reader, end, seam.clock.now()));
    all.push_back(clock(**reader, end, seam.clock.now(), served));
  }
  all.push_back(in_flight(data));
  all.push_back(room(data));
  all.push_back(backup(data, seam));
  if (!call.certificate.empty()) all.push_back(certificate(call.certificate, seam));
  return all;
}

Exit run_doctor(DoctorCall const& call) {
  auto const checks = examine(call, system_seam());
  if (call.format == Format::json) {
    say_json(as_json(checks));
  } else {
    say(drawn_checks(checks));
  }
  Found worst = Found::ok;
  for (Check const& one : checks) worst = std::max(worst, one.found);
  return worst == Found::ok ? Exit::done : worst == Found::warn ? Exit::refused : Exit::integrity;
}

}  // namespace comity::cli
