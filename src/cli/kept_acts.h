// What this machine has signed for its party, and what it took back, each with the ruling it was answered: a folder of files
// outside any centre. When a centre is restored from a backup, what was recorded since is lost, and the party presents from
// here what must not come back (25-isolation G15; `comity present`).
//
// The folder is COMITY_ACTS, else `comity/acts` under XDG_STATE_HOME or ~/.local/state; made with mode 0700, files 0600. A
// file is {"command": …, "centre": URL, "ruling"?: …}, named by time and kind, so the newest stands last; of more than
// limits::kept_acts the oldest go. No password or verifier is in it. It is written before the command is sent, and again with the
// ruling: what was recorded is kept also where the answer was lost. What cannot be kept is said on stderr and stops nothing: the
// command is sent all the same. Kept is a command that is signed, or that a party may present; those of a list in one file are
// kept where they lie.
#pragma once

#include "cli/remote.h"
#include "json/json.h"

namespace comity::cli {

std::string acts_folder();

bool is_worth_keeping(json::Object const& command);

// Posts a command to the native door, under its own idempotency key or a new one, and keeps it if it is one of those.
Result<http::Response> post_command(Remote& remote, json::Object command);

// The command in a file of the folder, or in one that holds a command or a signed act alone.
Result<json::Object> presented(BytesView file);
// Whether it was refused when it was sent, so that nothing of it was lost.
bool was_refused(BytesView file);

}  // namespace comity::cli
