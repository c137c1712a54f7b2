#include "journal/database.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace comity::journal {
namespace {

constexpr int64_t application_id = 0x436f6d79;  // "Comy"

std::string const schema =
    "BEGIN;"
    "PRAGMA application_id = 0x436f6d79;"
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE records(idx INTEGER PRIMARY KEY, parts BLOB NOT NULL, leaf BLOB NOT NULL);"
    "CREATE TABLE payloads(key INTEGER PRIMARY KEY, bytes BLOB);"
    "CREATE TABLE batches(last INTEGER PRIMARY KEY, digest BLOB NOT NULL);"
    "INSERT INTO meta VALUES('format', " +
    std::to_string(journal_format) +
    ");"
    "COMMIT;"
    // Kept in the header of the file: every later connection finds it so.
    "PRAGMA journal_mode = WAL;";

constexpr char settings[] =
    "PRAGMA synchronous = FULL;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;";

Error system_error(char const* doing, std::string const& path) {
  return {ErrorCode::io, std::string(doing) + " " + path + ": " + std::strerror(errno)};
}

Result<void> sync_folder_of(std::string const& path) {
  size_t const slash = path.rfind('/');
  std::string const folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  int const file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool const synced = file >= 0 && ::fsync(file) == 0;
  Error const error = system_error("cannot sync", folder);
  if (file >= 0) ::close(file);
  if (!synced) return std::unexpected(error);
  return {};
}

// SQLite's own words for a first page that it cannot read do not say what to do.
Error explain(Error error, std::string const& path) {
  if (error.code == ErrorCode::bad_input)
    error.detail = path +
                   " is not a journal of Comity, or its first page is damaged. Nothing was changed. If it "
                   "should be one, restore it from a backup.";
  if (error.code == ErrorCode::corrupt)
    error.detail =
        path + " is damaged (" + error.detail + "). Nothing was changed. Restore it from a backup.";
  return error;
}

Result<void> check_format(Connection& database, std::string const& path) {
  if (TRY(database.number("PRAGMA application_id")) != application_id)
    return fail(ErrorCode::bad_input, "application id");
  int64_t const format = TRY(database.number("SELECT value FROM meta WHERE key = 'format'"));
  if (format > journal_format)
    return fail(
        ErrorCode::newer_format,
        path + " has journal format " + std::to_string(format) + "; this program knows " +
            std::to_string(journal_format) +
            ". Nothing was changed. Install the newer Comity that wrote it, or restore an older backup.");
  if (format < 1) return fail(ErrorCode::corrupt, "no format number");
  if (format < journal_format)
    return fail(ErrorCode::older_format,
                path +
                    " was written by a Comity from before the first release, which this program cannot read. "
                    "Nothing was changed. Make the centre anew.");
  return {};
}

}  // namespace

Result<void> create_database(std::string const& path) {
  struct stat found;
  if (::stat(path.c_str(), &found) == 0)
    return fail(ErrorCode::bad_input,
                path + " exists already; a journal is only ever made where there is none");
  std::string const beside = path + ".new";
  for (char const* rest : {"", "-journal", "-wal", "-shm"}) ::unlink((beside + rest).c_str());
  {
    auto database = TRY(Connection::open(beside, Connection::Mode::create));
    TRY_VOID(database.run(settings));
    TRY_VOID(database.run(schema.c_str()));
  }
  // The directory is closed to others already; a file that is copied out of it stays so.
  if (::chmod(beside.c_str(), 0600) != 0) return std::unexpected(system_error("cannot close", beside));
  // Dying before this line leaves no journal, and the file beside is overwritten next time; after it, an
  // empty one.
  if (::rename(beside.c_str(), path.c_str()) != 0)
    return std::unexpected(system_error("cannot rename", beside));
  return sync_folder_of(path);
}

Result<Connection> open_database(std::string const& path) {
  struct stat found;
  if (::stat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return fail(ErrorCode::not_found, "there is no journal " + path);
    return std::unexpected(system_error("cannot look at", path));
  }
  if (!S_ISREG(found.st_mode)) return fail(ErrorCode::bad_input, path + " is not a file");
  // SQLite would take an empty file for a new database and an acknowledged history for none.
  if (found.st_size == 0)
    return fail(ErrorCode::corrupt, path + " is empty: its content was lost. Restore it from a backup.");
  auto database = TRY(Connection::open(path, Connection::Mode::read_write));
  auto prepared = database.run(settings);
  if (prepared) prepared = check_format(database, path);
  if (!prepared) return std::unexpected(explain(std::move(prepared).error(), path));
  return database;
}

}  // namespace comity::journal
