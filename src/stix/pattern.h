// Patterns of indicators (STIX 2.1 section 9): does this text follow the grammar?
//
// A hand-written recursive descent, one function for each rule of the grammar, by the names that the standard gives them.
// It builds nothing: it answers where the text stops being a pattern and what was expected there. Beyond the grammar it
// keeps what the standard's words demand of a pattern: object types and first properties have the names that objects
// have, STOP is after START, a window is longer than nothing, a repetition happens at least once.
//
// Not checked: the regular expressions behind MATCHES (another language, PCRE), and whether the properties exist.
//
// Positions are in bytes from 0. Time and memory in proportion to the text, but for limits::pattern_depth: parentheses
// nested deeper are refused. Thread-safe, no state.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

namespace comity::stix {

struct PatternFault {
  size_t at = 0;
  std::string detail;
};

struct Pattern {
  // Some AND joins comparisons of objects of different types: no object can ever be both.
  bool never_matches = false;
};

std::expected<Pattern, PatternFault> read_pattern(std::string_view text);

}  // namespace comity::stix
