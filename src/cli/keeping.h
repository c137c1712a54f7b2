// Backups on the command line (sequencer/backup.h): making one, the pair of keys that one may be sealed to, and a directory
// made of it again. Each returns the exit code of local.h; progress goes to stderr, and only to a terminal.
#pragma once

#include <string>

#include "cli/exit_code.h"
#include "cli/local.h"

namespace comity::cli {

struct BackupCall {
  std::string data, to, recipient;  // a file with a public key; empty: not sealed
  Format format = Format::text;
};
Exit run_backup(BackupCall const& call);

struct RestoreCall {
  std::string from, data, key, head;  // files; key and head may be empty
  Format format = Format::text;
};
Exit run_restore(RestoreCall const& call);

// Never writes over a file. The public key goes to stdout. Each half bears a word that says which it is, and nothing else is
// taken for one.
Exit make_backup_key(std::string const& path);

}  // namespace comity::cli
