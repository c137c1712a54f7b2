// SQLite, held by the hand: a connection and a prepared statement that clean up after themselves and answer
// with Result. For the journal, and for the guest book, which has a file beside it; nothing above them knows that there is SQL.
//
// Not thread-safe: one connection with its statements belongs to one thread at a time. A statement must not
// outlive its connection. What `blob()` shows is valid until the next step or reset; what `bind_blob` is
// given must live until then. Errors: `busy` another process holds the file, `bad_input` not a database,
// `corrupt` a damaged one, `io` all else (a full disk is said in words).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace comity::journal {

class Connection {
 public:
  enum class Mode { read_write, create };

  // `create` makes the file when there is none. Waits for another process up to limits::journal_busy_wait, or
  // as told.
  static Result<Connection> open(std::string const& path, Mode mode);

  Connection(Connection&& other) noexcept : handle_(other.handle_) { other.handle_ = nullptr; }
  Connection& operator=(Connection&&) = delete;
  ~Connection();

  // One or more statements that give no rows, or whose rows nobody needs.
  Result<void> run(char const* sql);
  // The first column of the first row; 0 where there is none.
  Result<int64_t> number(char const* sql);

  void wait_at_most(Duration time);

  // Copies the write-ahead log into the database and syncs it.
  enum class Checkpoint { passive, truncate };
  Result<void> checkpoint(Checkpoint how);
  // Replaces SQLite's own checkpoints, whose errors it keeps to itself: after each commit `frames` is the
  // length of the write-ahead log in pages. `frames` must outlive the connection.
  void watch_log(int* frames);
  // The file is left as it is when this connection closes.
  void leave_log_on_close();

  Error error(int code, std::string const& doing) const;
  sqlite3* handle() const { return handle_; }

 private:
  explicit Connection(sqlite3* handle) : handle_(handle) {}
  sqlite3* handle_;
};

class Statement {
 public:
  static Result<Statement> prepare(Connection& connection, char const* sql);

  Statement(Statement&&) noexcept = default;
  ~Statement() = default;

  void bind(int parameter, uint64_t value);
  void bind_blob(int parameter, BytesView bytes);
  void bind_nothing(int parameter);
  // True: there is a row. False: done.
  Result<bool> step();
  // One that gives no rows: step and reset.
  Result<void> run();
  void reset();

  uint64_t number(int column) const;
  BytesView blob(int column) const;
  bool is_null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  Statement(Connection& connection, sqlite3_stmt* statement);

  sqlite3* handle_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Resets a statement when the scope ends, so that no read transaction stays open behind a returned error.
class Resetting {
 public:
  explicit Resetting(Statement& statement) : statement_(statement) {}
  Resetting(Resetting const&) = delete;
  ~Resetting() { statement_.reset(); }

 private:
  Statement& statement_;
};

// Writes a file over with its own content and syncs it; a missing one is as good as done. What a failed fsync
// left in the system's cache is marked there as written: only writing it again brings it to the disk.
Result<void> rewrite(std::string const& path);

}  // namespace comity::journal
