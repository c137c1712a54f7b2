// The read-back of a notice: the digest of its content as it was understood here, SHA-256 of RFC 8785 (docs/formats.md).
//
// It is computed on this machine from the words that were shown or typed, never copied from what the centre says it should be; that
// the two agree is looked at, so that what was read is what the centre has on record. Errors: bad_input for a text that is no JSON
// object, or a digest that is none; corrupt if the centre's digest is not that of the content it serves. Thread-safe: no state.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "cli/verb.h"
#include "json/json.h"

namespace comity::cli {

// Of the content of a notice as it is served; none if nothing of it is disclosed any more.
Result<std::optional<Digest>> read_back_of(json::Value const& notice);

// Of what --read-back or --read-back-hash says.
Result<Digest> typed_read_back(Call const& call);

}  // namespace comity::cli
