// The journal: every record and every payload, in one SQLite file, durable before anyone is answered
// (50-ledger).
//
// The sequencer appends; everyone else reads through reader(). One call of append is one transaction and one
// fsync, however many records it holds: commands that wait while a commit is under way go into the next one
// together.
//
// What it promises
//   - When append returns well, its records are on the disk. After any crash the journal holds every batch
//     that was acknowledged, and each batch whole or not at all.
//   - Indices and payload keys have no gaps; the leaf and the running digest of each batch stand in the file.
//   - Destroyed means gone from this file: the bytes are overwritten and the write-ahead log, which held them,
//     is emptied. Copies elsewhere (backups, snapshots) and the blocks of the disk itself are not in its reach.
//
// When the disk fails. The first error while writing stops the journal for good: every later append fails
// with `io` and the first error's words, nothing is tried again (a second fsync after a failed one may
// succeed without having written), reading goes on. The failed batch is in one of two states that cannot be
// told apart while the process lives:
//   - not written: after reopening it is absent;
//   - failed, but written: after reopening it is there, whole.
// Both are right, for nobody was told of it. Boot applies what it finds; whoever asks again with the same
// idempotency key gets the recorded ruling, or the command is decided anew. So after an error: answer nobody
// of that batch, stop. Opening writes the write-ahead log over with its own content, syncs it, and moves it
// into the database before anything is read: a batch of the second kind might so far be in the system's cache
// only, marked there as written, and what follows it must not be built on that.
//
// Format. The tables are described in journal/database.h and have a number, journal_format; a newer number is
// refused with what to do, and the file is not touched. The bytes of a record are those of codec/ and
// model/record.h.
//
// Snapshots of the state lie in a file of their own (journal/snapshots.h), because a child process writes
// them.
//
// Errors of open: `not_found`, `bad_input` not a journal, `corrupt`, `newer_format`, `older_format`, `busy`
// (another process has it). Wrong indices or keys are a bug of the caller: ensure(). Threads: append, tend, commit_to_payload, destroy, head and
// next_payload belong to one thread; reader() to all. One process at a time: a lock file beside, which an
// executed child does not inherit.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/seam.h"
#include "journal/reader.h"
#include "model/record.h"

namespace comity::journal {

struct Entry {
  model::Record record;
  // Bytes as posted. Stored if the record has a payload key; otherwise only committed to, as a refused
  // contribution's are (25-isolation E6).
  std::optional<Bytes> payload = {};
  Digest leaf = {};  // filled in by append
};

class Journal {
 public:
  // An empty journal where there is no file yet.
  static Result<std::unique_ptr<Journal>> create(std::string const& path, Entropy& entropy);
  static Result<std::unique_ptr<Journal>> open(std::string const& path, Entropy& entropy);
  ~Journal();

  // Draws the salt under which the entry's payload is named, and names it; append does it for entries that come without.
  // The machine keeps the commitment, so it has to be there before a record is applied.
  void commit_to_payload(Entry& entry);

  // The indices go on from next_index(); those entries that store a payload have the keys next_payload(),
  // next_payload() + 1, … in order. Fills in each record's payload salt and commitment, and the leaf:
  // afterwards the record in memory is the one that reading gives. An empty batch is nothing.
  //
  // Every so often the write-ahead log is moved into the database: before it returns, or by tend() for who has answers to
  // give that are durable already. A failure in that takes nothing back, but the journal has stopped: tend() says so, and
  // the next append.
  enum class Tend : uint8_t { now, later };
  Result<void> append(std::span<Entry> entries, Tend tend = Tend::now);
  Result<void> tend();

  // Removes of each record the sealed part with its salt, and the payload. Idempotent: boot repeats what a
  // crash may have cut off, by replaying the records that ordered it. The write-ahead log is emptied before
  // it returns, or, if a reader is in the way, with the next append that finds none (and at the latest when
  // the journal is opened).
  Result<void> destroy(std::span<Index const> records);

  Head const& head() const;
  Index next_index() const { return head().size; }
  PayloadKey next_payload() const;

  Reader const& reader() const;

 private:
  struct Writer;
  explicit Journal(std::unique_ptr<Writer> writer);
  std::unique_ptr<Writer> writer_;
};

}  // namespace comity::journal
