// Connections for reading with their prepared statements, lent to one thread at a time.
//
// A lease is taken, used and given back by going out of scope; as many are opened as threads read at once,
// and up to limits::idle_read_connections are kept. Private to the journal. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "journal/sqlite.h"

namespace comity::journal {

struct ReadConnection {
  Connection database;
  Statement record;   // idx → parts, leaf
  Statement records;  // from idx, at most n → idx, parts, leaf
  Statement payload;  // key → bytes
  Statement batch;    // the first that ends at or after idx → last, digest
  Statement before;   // the last that ends before idx → last, digest

  static Result<std::unique_ptr<ReadConnection>> open(std::string const& path);
};

class ReadConnections {
 public:
  explicit ReadConnections(std::string path) : path_(std::move(path)) {}

  class Lease {
   public:
    Lease(ReadConnections& pool, std::unique_ptr<ReadConnection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (connection_) pool_->give_back(std::move(connection_));
    }
    ReadConnection* operator->() const { return connection_.get(); }
    ReadConnection& operator*() const { return *connection_; }

   private:
    ReadConnections* pool_;
    std::unique_ptr<ReadConnection> connection_;
  };

  Result<Lease> lend();

 private:
  void give_back(std::unique_ptr<ReadConnection> connection);

  std::string const path_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<ReadConnection>> idle_;
};

}  // namespace comity::journal
