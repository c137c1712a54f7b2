// Reading the journal, from any thread and from any process, also while the sequencer appends.
//
// Every read sees whole commits only: records of a batch appear together, after their fsync began to count.
// Records are read and checked against their leaves (25-isolation E9); payloads come as posted and are
// checked by verify() (journal/verify.h), since their commitment stands in the record and not beside them.
//
// A Reader takes no lock and never changes the file. It opens connections as threads need them and keeps the
// payloads read last in memory (limits::payload_cache_bytes); one Reader per process is right, and the
// Journal has it.
//
// Errors: `not_found` no such record, or a payload that never was or is destroyed; `corrupt` stored bytes are
// not what was stored, with the index of the record; `io`, `busy`. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "model/record.h"

namespace comity::journal {

class PayloadCache;
class ReadConnections;

// How far the journal goes: the number of records, which is the next index, and the running digest over all
// leaves, one link for each commit. What a head file outside backups remembers (25-isolation G15).
struct Head {
  Index size = 0;
  Digest running;
  auto operator<=>(Head const&) const = default;
};

class Reader {
 public:
  // For a process that does not write: a child that makes a snapshot, the offline commands.
  static Result<std::unique_ptr<Reader>> open(std::string const& path);
  ~Reader();

  Result<Head> head() const;
  // Did a commit end after `head.size` records, with that running digest? A head file of another history says
  // no.
  Result<bool> agrees(Head const& head) const;

  Result<model::Record> read(Index index) const;
  // The same with the parts that are its author's (25-isolation G7).
  struct WithParts {
    model::Record record;
    model::OwnParts own;
  };
  Result<WithParts> read_with_parts(Index index) const;

  // `leaves`: each record is hashed and compared with its leaf, and each batch with its running digest.
  enum class Check { leaves, nothing };
  using Visit = std::function<Result<void>(model::Record&& record, Digest const& leaf)>;
  // The records from `from` to the end, in order. Ends with the first error, also the visitor's. Between two
  // records no read transaction is held for longer than limits::scan_records of them. `not_found` if the
  // journal ends before `from`.
  Result<void> scan(Index from, Check check, Visit const& visit) const;

  Result<Bytes> payload(PayloadKey key) const;
  // In the order of the keys; all or an error.
  Result<std::vector<Bytes>> payloads(std::span<PayloadKey const> keys) const;

 private:
  friend class Journal;
  explicit Reader(std::string const& path);
  void forget_payload(PayloadKey key) const;

  std::unique_ptr<ReadConnections> connections_;
  std::unique_ptr<PayloadCache> cache_;
};

}  // namespace comity::journal
