// Everything in the journal, hashed anew: what `comity verify` says.
//
//   - the file: SQLite's own check of its pages, tables and indices
//   - each record: parts → record hash → leaf as stored; its index; no gap
//   - each batch: leaves → running digest as stored
//   - each payload: SHA-256(salt ‖ bytes) is the commitment in the record that brought it; a destroyed one is
//     gone; none is there that no record names
//
// It stops at the first thing that is wrong: what follows in the chain of running digests could not be judged
// anyway. Damage is a finding and stands in the report; an Error means that the file could not be opened or
// is no journal.
//
// A consistent view of the whole file is held while it works, so the write-ahead log of a running centre
// grows until it is done; better on a backup. Needs no lock. Time: about that of SHA-256 over everything
// stored. One thread.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "journal/reader.h"

namespace comity::journal {

struct Damage {
  std::optional<Index> record;  // none: it belongs to no record
  std::string what;
};

struct VerifyReport {
  Head head;               // of the records that are well
  uint64_t payloads = 0;   // that are there and well
  uint64_t destroyed = 0;  // records whose sealed part is gone
  std::optional<Damage> damage;

  bool ok() const { return !damage; }
};

// Called now and then with the records done and the records in all.
using VerifyProgress = std::function<void(Index done, Index total)>;

Result<VerifyReport> verify(std::string const& path, VerifyProgress const& progress);

}  // namespace comity::journal
