// Scalars as RFC 8785 writes them; write() and canonical() share this. Inside this room only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/json.h"

namespace comity::json {

// In quotes. Escaped are only `"`, `\` and the control characters below U+0020: \b \t \n \f \r, the others as \u00xx.
void append_string(std::string& out, std::string_view utf8);

// The shortest digits that read back as `number`, arranged as ECMAScript does. Must be finite. -0 is written as 0.
void append_number(std::string& out, double number);

// A value that is neither array nor object.
void append_scalar(std::string& out, Value const& value);

// Any value, compact, members in the order of the object. A double beyond 2^53-1 is written with an exponent.
void append_value(std::string& out, Value const& value);

}  // namespace comity::json
