#include "sequencer/backup.h"

#include <algorithm>

#include "base/limits.h"
#include "journal/copying.h"
#include "json/json.h"
#include "sequencer/backup_file.h"
#include "sequencer/in_flight.h"
#include "sequencer/keys.h"
#include "sequencer/put_back.h"
#include "sequencer/replay.h"

namespace comity::sequencer {
namespace {

constexpr unsigned private_file = 0600, private_folder = 0700;
constexpr Index told_every = 10'000;  // records

std::string keys_of(std::string const& data) { return data + "/keys"; }
std::string note_of(std::string const& data) { return data + "/last-backup"; }

// What reads all pieces: checks them, and gives files and rows on.
struct Taker {
  std::function<Result<void>(KeptFile const&)> file = [](KeptFile const&) { return Result<void>{}; };
  std::function<Result<void>(journal::Row const&)> row = [](journal::Row const&) { return Result<void>{}; };
};

Result<void> check_end(BackupEnd const& end, journal::RowCheck const& check) {
  if (auto const head = TRY(check.finish());
      head != journal::Head{end.size, end.running} || check.payloads() != end.payloads)
    return fail(ErrorCode::corrupt, "the backup does not hold what its end says");
  return {};
}

Result<Backup> read_all(BackupReader& reader, Taker const& taker, BackupProgress const& progress) {
  journal::RowCheck check;
  for (;;) {
    BackupPiece const piece = TRY(reader.next());
    for (KeptFile const& file : piece.files) TRY_VOID(taker.file(file));
    for (journal::Row const& row : piece.rows) {
      TRY_VOID(check.take(row));
      TRY_VOID(taker.row(row));
      if (row.kind == journal::Row::Kind::record && row.key % told_every == 0) progress(row.key);
    }
    if (!piece.end) continue;
    TRY_VOID(check_end(*piece.end, check));
    return Backup{reader.heading().made, {piece.end->size, piece.end->running}, piece.end->payloads};
  }
}

Result<journal::Head> write_all(BackupOptions const& options, BackupWriter& writer, Seam seam,
                                BackupProgress const& progress) {
  std::string const keys = keys_of(options.data);
  for (std::string const& name : TRY(seam.files.list(keys))) {
    Bytes octets = TRY(seam.files.read(keys + "/" + name));
    TRY_VOID(writer.put(KeptFile{name, std::move(octets)}));
  }
  uint64_t payloads = 0;
  auto const head = TRY(journal::copy_rows(journal_path(options.data), [&](journal::Row&& row) {
    payloads += row.kind == journal::Row::Kind::payload && row.bytes;
    if (row.kind == journal::Row::Kind::record && row.key % told_every == 0) progress(row.key);
    return writer.put(std::move(row));
  }));
  if (head.size == 0)
    return fail(ErrorCode::corrupt, "the journal has no record 0; was `comity init` cut off?");
  TRY_VOID(writer.end(head, payloads));
  return head;
}

// What was written, as the disk gives it back.
Result<Backup> read_back(std::string const& path, BackupWriter const& writer, Seam seam,
                         BackupProgress const& progress) {
  auto reader = TRY(BackupReader::begin(path, seam));
  if (writer.session()) TRY_VOID(reader.open_with(*writer.session()));
  Backup made = TRY(read_all(reader, {}, progress));
  made.octets = TRY(seam.files.open(path))->size();
  if (reader.heading().sealed) made.sealed_to = reader.heading().sealed->recipient;
  return made;
}

Result<void> check_row_format(BackupHeading const& heading, std::string const& path) {
  if (heading.row_format == journal::row_format()) return {};
  bool const newer = heading.row_format > journal::row_format();
  return fail(newer ? ErrorCode::newer_format : ErrorCode::older_format,
              path + " holds journal format " + std::to_string(heading.row_format) + "; this program knows " +
                  std::to_string(journal::row_format()) + ". Nothing was made. " +
                  (newer ? "Install the newer Comity that wrote it."
                         : "Install the Comity that wrote it to restore it."));
}

Result<void> open_reader(BackupReader& reader, RestoreOptions const& options) {
  auto const& sealed = reader.heading().sealed;
  if (!sealed) return {};
  if (!options.key)
    return fail(ErrorCode::bad_input, options.from + " is sealed to the key " + sealed->recipient +
                                          "; give its private key with --key");
  if (options.key->public_key().id() != sealed->recipient)
    return fail(ErrorCode::bad_input, options.from + " is sealed to the key " + sealed->recipient +
                                          ", not to " + options.key->public_key().id());
  return reader.open_with(TRY(crypto::open_key(*options.key, sealed->key)));
}

// A name that leads nowhere else.
bool is_plain(std::string const& name) {
  return !name.empty() && name.size() <= limits::slug_bytes && name.front() != '.' &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
         });
}

// The head file of the directory that was lost; without one nothing is known.
struct Lost {
  std::optional<journal::Head> head;
  uint32_t epoch = 0;
  KnownOfLog known() const { return {head ? head->size : 0, epoch}; }
};
Result<Lost> lost_by(std::string const& head) {
  if (head.empty()) return Lost{};
  auto const left = TRY(InFlight::look_at(head));
  if (!left.head) return fail(ErrorCode::bad_input, head + " does not say how far a log went");
  return Lost{left.head, left.epoch};
}

// What is there now: of a program that is no newer, the keys its own, and the lost head a later one of the same log.
Result<void> check_restored(std::string const& folder, Lost const& lost, RestoreOptions const& options,
                            Seam seam) {
  auto const journal = TRY(journal::Reader::open(journal_path(folder)));
  TRY_VOID(known_ruleset(*journal));
  Keys const keys = TRY(load_keys(seam, keys_of(folder)));
  TRY_VOID(are_of_this_centre(keys, *journal));
  bool const is_reached = lost.head && lost.head->size <= TRY(journal->head()).size;
  if (!is_reached || TRY(journal->agrees(*lost.head))) return {};
  return fail(ErrorCode::bad_input, options.head + " is the head file of another log than the one in " +
                                        options.from + "; name the right one, or none");
}

Result<Backup> fill(std::string const& folder, BackupReader& reader, RestoreOptions const& options,
                    Lost const& lost, Seam seam, BackupProgress const& progress) {
  TRY_VOID(seam.files.make_folder(keys_of(folder), private_folder));
  auto journal = TRY(journal::Rebuilding::begin(journal_path(folder)));
  Taker taker;
  taker.file = [&](KeptFile const& file) -> Result<void> {
    if (!is_plain(file.name)) return fail(ErrorCode::corrupt, "the backup holds a file of no possible name");
    return seam.files.write(keys_of(folder) + "/" + file.name, file.bytes, private_file);
  };
  taker.row = [&](journal::Row const& row) { return journal.put(row); };
  Backup read = TRY(read_all(reader, taker, progress));
  if (TRY(journal.finish()) != read.head)
    return fail(ErrorCode::corrupt, "the journal that was made is not the one of the backup");
  TRY_VOID(check_restored(folder, lost, options, seam));
  TRY_VOID(mark_as_put_back(folder, lost.known(), seam.files));
  return read;
}

Result<void> note(std::string const& data, Backup const& made, Files& files) {
  json::Object const note{{"made", to_text(made.made)},
                          {"records", made.head.size},
                          {"digest", to_hex(made.head.running)},
                          {"sealed_to", made.sealed_to}};
  return files.write(note_of(data), json::write(note) + "\n", private_file);
}

}  // namespace

Result<Backup> back_up(BackupOptions const& options, Seam seam, BackupProgress const& progress) {
  if (!seam.files.exists(journal_path(options.data)))
    return fail(ErrorCode::not_found, "there is no centre in " + options.data);
  if (seam.files.exists(options.to))
    return fail(ErrorCode::bad_input, options.to + " is there already, and a backup is never written over");
  auto const journal = TRY(journal::Reader::open(journal_path(options.data)));
  TRY_VOID(known_ruleset(*journal));
  std::string const beside = options.to + ".new";
  auto writer = TRY(BackupWriter::begin(beside, seam.clock.now(), options.recipient, seam));
  auto const head = write_all(options, writer, seam, progress);
  auto made =
      head ? read_back(beside, writer, seam, progress) : Result<Backup>(std::unexpected(head.error()));
  if (made && made->head != *head) made = fail(ErrorCode::corrupt, "the backup is not what was written");
  // Dying before this line leaves a file beside, which the next backup writes over; after it, the backup.
  auto const named = made ? seam.files.rename(beside, options.to) : Result<void>{};
  if (!made || !named) {
    static_cast<void>(seam.files.remove(beside));
    return std::unexpected(made ? named.error() : made.error());
  }
  if (auto const noted = note(options.data, *made, seam.files); !noted)
    return fail(noted.error().code,
                options.to + " is made and whole, but its date could not be noted: " + noted.error().detail);
  return made;
}

Result<Backup> restore(RestoreOptions const& options, Seam seam, BackupProgress const& progress) {
  if (seam.files.exists(options.data))
    return fail(ErrorCode::bad_input,
                options.data + " is there already; a backup is restored to where nothing is");
  Lost const lost = TRY(lost_by(options.head));
  auto reader = TRY(BackupReader::begin(options.from, seam));
  TRY_VOID(check_row_format(reader.heading(), options.from));
  TRY_VOID(open_reader(reader, options));
  std::string const beside = options.data + ".new";
  if (seam.files.exists(beside))
    return fail(ErrorCode::bad_input,
                beside + " is there: another restore is at work or was cut off. Delete it then.");
  TRY_VOID(seam.files.make_folder(beside, private_folder));
  auto restored = fill(beside, reader, options, lost, seam, progress);
  // Dying before this line leaves a folder beside that no centre starts from by this name; after it, the whole directory.
  auto const named = restored ? seam.files.rename(beside, options.data) : Result<void>{};
  if (restored && named) return restored;
  static_cast<void>(seam.files.remove(beside));
  return std::unexpected(restored ? named.error() : restored.error());
}

std::optional<UtcTime> last_backup(std::string const& data, Files& files) {
  auto const text = files.read(note_of(data));
  auto const note = text ? json::parse(*text, limits::act_bytes) : fail(ErrorCode::not_found, "");
  auto const* made = note && note->is_object() ? note->get_object().if_contains("made") : nullptr;
  auto const time = made && made->is_string() ? parse_time(std::string(made->get_string())) : std::nullopt;
  return time ? std::optional(*time) : std::nullopt;
}

}  // namespace comity::sequencer
