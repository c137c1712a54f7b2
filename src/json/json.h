// Small JSON documents: acts, commands, agreements, filters. Bundles go through validate.h and split.h instead.
//
// parse() takes text from anyone and accepts I-JSON (RFC 7493) and nothing else, as 25-isolation G13 demands:
//   - UTF-8 without a byte order mark, one value, nothing after it but white space;
//   - no two members of one object with the same name, compared after unescaping (`"a"` is `"\u0061"`);
//   - no lone surrogates and no noncharacters (U+FDD0..U+FDEF, U+nFFFE, U+nFFFF), written out or escaped;
//   - at most limits::json_depth arrays and objects inside each other;
//   - at most limits::json_values commas: a Value takes many times the octets of its text where the text is [0,0,0,…];
//   - integers from -(2^53-1) to 2^53-1, whatever reads them next. -0 is read as 0.
// Comity's own forms have no fractions (15-forms): Numbers::integers_only refuses a point or an exponent even where the
// value is whole. Numbers::any (STIX) reads them as the nearest double; what is too large for a double is refused, what
// is too small for one becomes zero.
//
// An error is bad_input (too_large beyond `max_bytes`). Its detail says what is wrong and, for bad syntax, at which
// byte, counted from 0; its pointer names the member or the container that was being read. Time is n log n at worst,
// memory in proportion to the text. In a Value made by parse() every number without a point is an int64.
//
// write() gives compact text, members in the order of the object. The Value must be text that parse() could have made:
// valid UTF-8 and finite numbers; bytes from elsewhere are parsed first. Thread-safe: no state.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace comity::json {

using Value = boost::json::value;
using Object = boost::json::object;
using Array = boost::json::array;

// What a double holds without gaps: 2^53-1.
inline constexpr int64_t greatest_integer = 9'007'199'254'740'991;

enum class Numbers { integers_only, any };

Result<Value> parse(BytesView text, size_t max_bytes, Numbers numbers = Numbers::integers_only);

std::string write(Value const& value);

}  // namespace comity::json
