// Backups: a centre in one file, and a directory made of it again (25-isolation G15, E8; docs/formats.md has the form).
//
// back_up copies a directory that may be served from meanwhile: the journal as it was at one moment and the centre's keys.
// What it leaves out can be made again (snapshots) or must not come back (the head file, by which a centre knows that
// its journal was put back). The file is written beside, read back and checked to the last octet, and then bears its name;
// cut off anywhere it leaves nothing but a file beside, which the next one writes over. Its date is noted in the directory.
// Nothing is written over, and a file that others may read is never made.
//
// With a recipient all of it is sealed to her key (crypto/sealed_stream.h): the machine that makes the backup cannot read it
// later, nor can a thief. Without one the file is the centre, as the directory is.
//
// restore makes a new directory: every leaf, running digest and payload is hashed anew, and what is not what was stored
// leaves nothing. The directory is made beside and renamed when it is whole and durable. A log of a newer ruleset and keys of another
// centre are refused. It says of itself that it was put
// back, so the centre serves nobody until two officers have recorded that (sequencer/put_back.h). `head`, the file
// `in-flight` of the directory that was lost, is worth keeping: it says how far the log went, and one of another log is refused.
//
// Errors: `bad_input` no backup, another key, a place that is taken; `corrupt`; `newer_format` and `older_format` with what
// to do; `not_found`; `io`. One thread.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/seam.h"
#include "crypto/sealed_stream.h"
#include "journal/reader.h"

namespace comity::sequencer {

struct BackupOptions {
  std::string data, to;
  std::optional<crypto::RecipientPublicKey> recipient = {};
};

// What a backup holds.
struct Backup {
  UtcTime made;
  journal::Head head;
  uint64_t payloads = 0, octets = 0;  // that are not destroyed; of the file
  std::string sealed_to = {};         // empty: to nobody
};

// Called now and then with the records done.
using BackupProgress = std::function<void(Index done)>;

Result<Backup> back_up(BackupOptions const& options, Seam seam, BackupProgress const& progress);

struct RestoreOptions {
  std::string from, data;
  std::optional<crypto::RecipientKey> key = {};
  std::string head = {};  // a file `in-flight`; empty: it is lost too
};
Result<Backup> restore(RestoreOptions const& options, Seam seam, BackupProgress const& progress);

// When the last backup of this directory was made; none: never.
std::optional<UtcTime> last_backup(std::string const& data, Files& files);

}  // namespace comity::sequencer
