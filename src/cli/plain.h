// Text from a centre on its way to a terminal (25-isolation G13): content is inert.
//
// Everything here that a party wrote may hold escape sequences, control characters or marks that turn the
// direction of writing, so that a line reads as what it is not. plain() shows such characters by their code
// and leaves letters of every script as they are; joiners that Persian and Indic scripts need (U+200C,
// U+200D) stay. Octets that are no UTF-8 are shown as \xNN. The result holds no line end; plain_lines() keeps
// line feeds and turns tabs into spaces. width() counts columns as common terminals do: 2 for wide East Asian
// characters, 0 for combining marks. It is exact for what tables need and not a claim about every terminal.
// Thread-safe: no state.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace comity::cli {

std::string plain(std::string_view text);
std::string plain_lines(std::string_view text);

size_t width(std::string_view utf8);

// At most `columns` wide, cut with an ellipsis.
std::string cut(std::string const& utf8, size_t columns);

// JSON as received, for a terminal: the characters above as \uXXXX, which is the same JSON.
std::string plain_json(std::string_view json);

// One code point from `rest`, which must not be empty: its value and how many octets it has; 0xffffffff and 1
// for an octet that begins none.
struct CodePoint {
  char32_t value;
  size_t size;
};
CodePoint first_of(std::string_view rest);

}  // namespace comity::cli
