// The canonical text of a JSON value (RFC 8785, JCS): what acts are signed over and what text_hash is taken of.
//
// Equal values have equal text, however they were written: members sorted by the UTF-16 code units of their names, no
// white space, shortest escapes, numbers as ECMAScript prints a double. Text made here parses back to the same value
// and is its own canonical form, with one exception that the RFC makes: a double from 2^53 to 10^21 is printed as a
// whole number, which I-JSON does not take back.
//
// Refused (bad_input): strings or names that are not UTF-8, integers beyond 2^53-1 (two of them would print the same),
// numbers that are not finite, nesting beyond limits::json_depth. A Value from parse() has none of these and is
// never refused. Thread-safe: no state.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "json/json.h"

namespace comity::json {

Result<std::string> canonical(Value const& value);

// Of an object as it is, and of the same object without the members of these names; at the price of one.
struct CanonicalPair {
  std::string whole, rest;
};
Result<CanonicalPair> canonical_without(Object const& object, std::span<std::string_view const> names);

// parse(), then canonical(): duplicate names are refused before anything is sorted (G8).
Result<std::string> canonical_text(BytesView text, size_t max_bytes,
                                   Numbers numbers = Numbers::integers_only);

}  // namespace comity::json
