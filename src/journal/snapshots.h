// Snapshots of the state, so that boot need not replay from the first record.
//
// They lie in a file of their own, apart from the journal: a child process that replays makes them
// (50-ledger), and what it writes must never hold up a commit. They can be made again at any time, so a lost
// or damaged snapshot costs time and nothing else, and backups may leave them out. Two are kept: the one put last, and of the
// others the newest that may be used. So one that nobody will ever use pushes out none that is.
//
// `digest` is SHA-256 of the bytes. Boot uses a snapshot only if that digest is in the log (25-isolation
// G15): so the order is put_snapshot, then a record that names index and digest. latest_snapshot has compared
// bytes and digest. A snapshot made before something was destroyed still holds it: after a destruction two
// new ones complete it.
//
// Each call opens the file for itself and closes it again; processes may call at the same time. Overwritten
// and freed space is zeroed. Errors: `busy` another process writes, `bad_input` the file is something else,
// `io`.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"

namespace comity::journal {

struct Snapshot {
  Index index = 0;  // records applied: the next index
  Digest digest;
  Bytes bytes;
};

// Whether a snapshot of this index and digest may be used.
using Trust = std::function<Result<bool>(Index index, Digest const& digest)>;

// Whole or not at all, durable when it returns. One of the same index is replaced. Gives the digest. An error of `trust`: nothing
// is put. Without `trust` every one may be used.
Result<Digest> put_snapshot(std::string const& path, Index index, BytesView bytes, Trust const& trust);
Result<Digest> put_snapshot(std::string const& path, Index index, BytesView bytes);

// The newest that is trusted and whose bytes are what was stored; none if there is no such, also when there is no file.
// An error of `trust` ends the search.
Result<std::optional<Snapshot>> latest_snapshot(std::string const& path, Trust const& trust);
Result<std::optional<Snapshot>> latest_snapshot(std::string const& path);

}  // namespace comity::journal
