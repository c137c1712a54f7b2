// Bundles and envelopes: is this body I-JSON (R6; RFC 7493)? It is asked before anything reads a byte of it (25-isolation G13, C4),
// also of what later readers skip.
//
// validate_ijson() accepts exactly what parse() with the same Numbers accepts (see json.h), up to
// limits::request_body_bytes, and gives the same errors. It makes no Value: simdjson reads the whole body, every object's
// names are compared, and only if something is wrong or doubtful (a number that came out as zero) does the slower
// Checker look again, for the verdict and its words. Thread-safe; each thread keeps a parser for small bodies.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "json/json.h"

namespace comity::json {

Result<void> validate_ijson(BytesView text, Numbers numbers = Numbers::any);

}  // namespace comity::json
