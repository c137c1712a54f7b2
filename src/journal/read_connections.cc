#include "journal/read_connections.h"

#include "base/limits.h"
#include "journal/database.h"

namespace comity::journal {

Result<std::unique_ptr<ReadConnection>> ReadConnection::open(std::string const& path) {
  auto database = TRY(open_database(path));
  TRY_VOID(database.run("PRAGMA query_only = ON"));
  database.leave_log_on_close();
  auto record = TRY(Statement::prepare(database, "SELECT parts, leaf FROM records WHERE idx = ?1"));
  auto records = TRY(Statement::prepare(
      database, "SELECT idx, parts, leaf FROM records WHERE idx >= ?1 ORDER BY idx LIMIT ?2"));
  auto payload = TRY(Statement::prepare(database, "SELECT bytes FROM payloads WHERE key = ?1"));
  auto batch = TRY(Statement::prepare(
      database, "SELECT last, digest FROM batches WHERE last >= ?1 ORDER BY last LIMIT 1"));
  auto before = TRY(Statement::prepare(
      database, "SELECT last, digest FROM batches WHERE last < ?1 ORDER BY last DESC LIMIT 1"));
  return std::make_unique<ReadConnection>(std::move(database), std::move(record), std::move(records),
                                          std::move(payload), std::move(batch), std::move(before));
}

Result<ReadConnections::Lease> ReadConnections::lend() {
  {
    std::lock_guard const lock(mutex_);
    if (!idle_.empty()) {
      Lease lease(*this, std::move(idle_.back()));
      idle_.pop_back();
      return lease;
    }
  }
  return Lease(*this, TRY(ReadConnection::open(path_)));
}

void ReadConnections::give_back(std::unique_ptr<ReadConnection> connection) {
  std::lock_guard const lock(mutex_);
  if (idle_.size() < limits::idle_read_connections) idle_.push_back(std::move(connection));
}

}  // namespace comity::journal
