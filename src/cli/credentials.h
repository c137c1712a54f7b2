// Who the command line is, never given on the command line (25-isolation C7, 15-forms 4).
//
// COMITY_TOKEN holds a bearer token. Otherwise a file: $COMITY_CREDENTIALS or
// ~/.config/comity/credentials.toml:
//
//     ["ru/general-staff"]              # an office, at every centre
//     user = "ru/general-staff/feed"
//     password = "…"
//     key = "ru-bind.key"               # optional: what signs acts; relative to this file
//
//     ["https://centre.example"."ru/mfa"]   # an office at one centre; it comes before the ones above
//     user = "anna@ru"
//     password = "…"
//
// A file that others may read is refused, and so is sending a password over plain http to another machine,
// unless the entry says `plain_http = "allow"`. `--as ru` is enough where one office of ru has an entry.
// Errors: bad_input (usage: which entry, what is wrong), not_found (no credential for that office), each
// saying what to do.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/seam.h"

namespace comity::cli {

struct Credential {
  std::string office = {};  // empty with a token and no --as
  std::string user = {};    // empty with a token
  std::string password = {};
  std::string token = {};
  std::string key_file = {};  // empty: none
  std::string source = {};    // where it was found, for people: a file or an environment variable
};

struct Wanted {
  std::string url;
  std::string office;  // `--as`; may be empty or a party
};

// The value of the header `Authorization`.
std::string authorization_of(Credential const& credential);

// The entry of a credentials file that fits. `path` is for messages and relative key files.
Result<Credential> choose(std::string_view toml, std::string const& path, Wanted const& wanted);

// From environment and file.
Result<Credential> find_credential(Wanted const& wanted);
std::string credentials_path();

// refused unless only the owner may read it.
Result<Bytes> read_private_file(std::string const& path);

// http to this machine, or https.
bool is_private_way(std::string_view url);

}  // namespace comity::cli
