#include "journal/sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <vector>

#include "base/ensure.h"
#include "base/limits.h"

namespace comity::journal {
namespace {

ErrorCode code_of(int sqlite) {
  switch (sqlite & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorCode::busy;
    case SQLITE_NOTADB: return ErrorCode::bad_input;
    case SQLITE_CORRUPT: return ErrorCode::corrupt;
    case SQLITE_TOOBIG: return ErrorCode::too_large;
    default: return ErrorCode::io;
  }
}

Error error_of(sqlite3* handle, int code, std::string const& doing) {
  std::string detail = doing + ": " + (handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code));
  int const cause = handle != nullptr ? sqlite3_system_errno(handle) : 0;
  if ((code & 0xff) == SQLITE_FULL) detail += "; make room on the disk and start again";
  if ((code & 0xff) == SQLITE_IOERR) detail += " (system error " + std::to_string(cause) + ")";
  return {code_of(code), std::move(detail)};
}

}  // namespace

Result<Connection> Connection::open(std::string const& path, Mode mode) {
  sqlite3* handle = nullptr;
  int const flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == Mode::create ? SQLITE_OPEN_CREATE : 0);
  int const code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  Connection connection(handle);
  if (code != SQLITE_OK) return std::unexpected(error_of(handle, code, "cannot open " + path));
  sqlite3_extended_result_codes(handle, 1);
  connection.wait_at_most(limits::journal_busy_wait);
  return connection;
}

Connection::~Connection() {
  if (handle_ != nullptr) sqlite3_close_v2(handle_);
}

Error Connection::error(int code, std::string const& doing) const { return error_of(handle_, code, doing); }

Result<void> Connection::run(char const* sql) {
  int const code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error(code, "journal"));
  return {};
}

Result<int64_t> Connection::number(char const* sql) {
  auto statement = TRY(Statement::prepare(*this, sql));
  return TRY(statement.step()) ? static_cast<int64_t>(statement.number(0)) : 0;
}

void Connection::wait_at_most(Duration time) {
  sqlite3_busy_timeout(handle_, static_cast<int>(time.us / 1'000));
}

Result<void> Connection::checkpoint(Checkpoint how) {
  int const mode = how == Checkpoint::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
  int const code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, nullptr, nullptr);
  if (code != SQLITE_OK)
    return std::unexpected(error(code, "journal: cannot move the log into the database"));
  return {};
}

void Connection::watch_log(int* frames) {
  auto const note = [](void* where, sqlite3*, char const*, int pages) {
    *static_cast<int*>(where) = pages;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(handle_, note, frames);
}

void Connection::leave_log_on_close() {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Statement::Statement(Connection& connection, sqlite3_stmt* statement)
    : handle_(connection.handle()), statement_(statement) {}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<Statement> Statement::prepare(Connection& connection, char const* sql) {
  sqlite3_stmt* statement = nullptr;
  int const code =
      sqlite3_prepare_v3(connection.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return std::unexpected(connection.error(code, "journal"));
  return Statement(connection, statement);
}

void Statement::bind(int parameter, uint64_t value) {
  ensure(sqlite3_bind_int64(statement_.get(), parameter, static_cast<sqlite3_int64>(value)) == SQLITE_OK);
}

void Statement::bind_blob(int parameter, BytesView bytes) {
  // A null pointer would bind NULL: an empty payload is still a payload.
  char const* const start = bytes.empty() ? "" : bytes.data();
  ensure(sqlite3_bind_blob64(statement_.get(), parameter, start, bytes.size(), SQLITE_STATIC) == SQLITE_OK);
}

void Statement::bind_nothing(int parameter) {
  ensure(sqlite3_bind_null(statement_.get(), parameter) == SQLITE_OK);
}

Result<bool> Statement::step() {
  int const code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return std::unexpected(error_of(handle_, code, "journal"));
}

Result<void> Statement::run() {
  auto const stepped = step();
  reset();
  if (!stepped) return std::unexpected(stepped.error());
  return {};
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

uint64_t Statement::number(int column) const {
  return static_cast<uint64_t>(sqlite3_column_int64(statement_.get(), column));
}

BytesView Statement::blob(int column) const {
  auto const* start = static_cast<char const*>(sqlite3_column_blob(statement_.get(), column));
  return {start, static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

namespace {

// A file as SQLite sees it, so that a disk that fails in tests fails here too.
class RawFile {
 public:
  explicit RawFile(sqlite3_vfs* vfs) : memory_(static_cast<size_t>(vfs->szOsFile) / sizeof(uint64_t) + 1) {}
  RawFile(RawFile const&) = delete;
  ~RawFile() {
    if (file()->pMethods != nullptr) file()->pMethods->xClose(file());
  }
  sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(memory_.data()); }
  sqlite3_io_methods const& calls() { return *file()->pMethods; }

 private:
  std::vector<uint64_t> memory_;  // of the size that the VFS asks for, aligned
};

// SQLite's files for Unix take fewer than 128 KiB in one call; given more they write a part and say that the disk is full.
constexpr size_t most_at_once = 64u << 10;

}  // namespace

Result<void> rewrite(std::string const& path) {
  sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
  int exists = 0;
  int code = vfs->xAccess(vfs, path.c_str(), SQLITE_ACCESS_EXISTS, &exists);
  if (code == SQLITE_OK && exists == 0) return {};
  RawFile raw(vfs);
  sqlite3_int64 size = 0;
  int const flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL;
  if (code == SQLITE_OK) code = vfs->xOpen(vfs, path.c_str(), raw.file(), flags, nullptr);
  if (code == SQLITE_OK) code = raw.calls().xFileSize(raw.file(), &size);
  Bytes piece(most_at_once, '\0');
  for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += static_cast<sqlite3_int64>(piece.size())) {
    int const length =
        static_cast<int>(std::min<sqlite3_int64>(size - at, static_cast<sqlite3_int64>(piece.size())));
    code = raw.calls().xRead(raw.file(), piece.data(), length, at);
    if (code == SQLITE_OK) code = raw.calls().xWrite(raw.file(), piece.data(), length, at);
  }
  if (code == SQLITE_OK) code = raw.calls().xSync(raw.file(), SQLITE_SYNC_NORMAL);
  if (code != SQLITE_OK) return std::unexpected(error_of(nullptr, code, "cannot write " + path + " over"));
  return {};
}

}  // namespace comity::journal
