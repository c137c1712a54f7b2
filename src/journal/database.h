// The file of the journal: its tables, its format number, and what is said of a file that is something else.
//
//   meta      key, value                       `format`: the journal format
//   records   idx, parts, leaf                 parts: StoredRecord (journal/parts.h) as codec/ writes it
//   payloads  key, bytes                       keys dense from 1 in order of arrival; NULL: destroyed
//   batches   last, digest                     one row for each commit of records; `last` is its last index
//
// digest = SHA-256(digest of the batch before ‖ leaf hashes of this batch); before the first it is 32 zeros.
// The header of the file bears an application id, by which a journal is told from any other database.
//
// Durability: write-ahead log, synchronous=FULL. Freed pages are overwritten with zeros (secure_delete).
// Private to the journal. A Connection belongs to one thread at a time.
#pragma once

#include <string>

#include "base/result.h"
#include "journal/sqlite.h"

namespace comity::journal {

// 1 was written before the first release, with keys of the machine in parts of parties; nobody has one to keep.
inline constexpr int64_t journal_format = 13;

// Makes an empty journal at `path`, whole or not at all: it is written beside and renamed. `bad_input` if
// there is a file already.
Result<void> create_database(std::string const& path);

// Errors: `not_found` no such file; `bad_input` not a journal; `corrupt` empty or damaged; `newer_format` and
// `older_format`, with what to do; `busy`; `io`.
Result<Connection> open_database(std::string const& path);

}  // namespace comity::journal
