// The description of a centre of preset `taxii`: what another TAXII server was, as JSON (docs/formats.md has the whole form).
//
//   {"title", "description"?, "contact"?, "default"?,
//    "users":     [{"name", "password"? | "verifier"?}, …],
//    "api_roots": [{"path", "title", "description"?,
//                   "collections": [{"id", "title", "description"?, "alias"?, "readers", "writers",
//                                    "objects"?: a file, or [{"date_added", "object"}, …]}, …]}, …]}
//
// A file is `{"objects": [{"date_added", "object"}, …]}`, or if its name ends with .jsonl one of these in each line.
//
// `readers` and `writers` are "everyone" or a list of users: nothing is open that is not said to be. Objects are kept as
// they are written, byte for byte; here they are only found, stix/ judges them.
// Everything that is wrong is told at once, each with its pointer. What the machine asks of it stands in commands/genesis.h.
// Thread-safe, no state.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "commands/genesis.h"
#include "forms/reader.h"

namespace comity::forms {

// A user's first password, as given; both empty: one is made.
struct FirstSecret {
  std::string user, password, verifier;
};

// The objects of a collection, in the order of `Opening::collections`.
struct Seeds {
  std::string file;               // as named; empty: none, or
  std::vector<BytesView> inside;  // `{date_added, object}`, each into the text of the description
};

struct Description {
  commands::Opening opening;
  std::vector<FirstSecret> secrets;
  std::vector<Seeds> seeds;
};

std::expected<Description, std::vector<Problem>> read_description(BytesView text);

// One object of another server, and when that had it.
struct Seed {
  UtcTime date_added;
  BytesView object;
};
// bad_input says what is wrong with it.
Result<Seed> read_seed(BytesView text);

}  // namespace comity::forms
