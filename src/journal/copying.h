// The journal row by row: what a backup holds of it, how that is checked, and how a journal is made of it again.
//
// Rows and not pages: what was destroyed is in none of them, a backup can be sealed while it is written, and a new file is
// laid out by the program that makes it. The order is that of the log: each record, after it its payload if it has one,
// and after the last record of a batch the running digest.
//
// copy_rows reads under one read transaction: what it gives is the journal as it was at one moment, between two commits, and
// nothing is destroyed between a record and its payload. The writer goes on meanwhile; its write-ahead log grows until the
// copy is done. What was destroyed at that moment comes as destroyed.
//
// RowCheck hashes everything anew as verify.h does: parts against leaves, leaves against running digests, payloads against
// the commitments in their records, no gap and no row that is out of its place. Rebuilding makes a journal in a new file; it
// is whole, durable and checked by verify() when finish() returns, and of no use before that.
//
// Errors: `corrupt` with the record, and of opening those of journal/database.h. One thread each.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "journal/reader.h"

namespace comity::journal {

// The number that a backup bears, so that another program knows what rows it holds.
int64_t row_format();

struct Row {
  enum class Kind : uint8_t { record = 1, payload, batch };
  Kind kind = Kind::record;
  uint64_t key = 0;            // index, key of the payload, or last index of the batch
  std::optional<Bytes> bytes;  // of a record and a payload; none of a payload: destroyed
  Digest digest;               // leaf of a record, running digest of a batch
  auto fields(this auto& self) { return std::tie(self.kind, self.key, self.bytes, self.digest); }
};

using TakeRow = std::function<Result<void>(Row&&)>;
// All rows. Gives how far the copy goes.
Result<Head> copy_rows(std::string const& path, TakeRow const& take);

class RowCheck {
 public:
  RowCheck();
  ~RowCheck();
  RowCheck(RowCheck&&) noexcept;

  Result<void> take(Row const& row);
  // After the last row: `corrupt` if a batch is not whole.
  Result<Head> finish() const;
  uint64_t payloads() const;  // that are there

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

class Rebuilding {
 public:
  // `bad_input` if there is a file already.
  static Result<Rebuilding> begin(std::string const& path);
  ~Rebuilding();
  Rebuilding(Rebuilding&&) noexcept;

  Result<void> put(Row const& row);
  Result<Head> finish();

 private:
  struct Work;
  explicit Rebuilding(std::unique_ptr<Work> work);
  std::unique_ptr<Work> work_;
};

}  // namespace comity::journal
