// An intent on its way to /commands: the body of put_intent (docs/formats.md), made of what the command line was given. The one place
// of the command line that knows this form.
//
// What there is: --polygon and --circle with --radius, a file of GeoJSON, a file with the form itself. --low, --high, --from and --until
// hold for each volume that does not say its own. Of an amendment, what is not said stays as it is: without a new shape the volumes
// stay, with one they are replaced, and take altitudes and times from those that were, if all of these had the same.
//
// Errors are bad_input and say which option is missing. Thread-safe but for reading files.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "cli/verb.h"
#include "json/json.h"

namespace comity::cli {

// What file and amend take alike.
std::vector<Argument> intent_arguments();

// With a new id where none is said.
Result<json::Object> intent_body(Call const& call, UtcTime now);
// `present` as it stands in /intents: its ovn becomes `at`.
Result<json::Object> amended_body(Call const& call, json::Object const& present, UtcTime now);

// The same for put_constraint, whose altitudes may be open.
std::vector<Argument> constraint_arguments();
Result<json::Object> constraint_body(Call const& call, UtcTime now);

}  // namespace comity::cli
