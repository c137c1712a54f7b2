// Every finding that an object can have: its code, where STIX says so, and what comes of it.
//
// A code never changes its meaning: clients and inboxes count by it. The same code may refuse in one place and warn in
// another (a malformed reference names nothing in an observable); a warning can be switched off by its code, a refusal
// cannot. Waivable: it breaks a MUST, but no rule of release, of versions or of limits reads what it speaks of, so a sender
// who knows better (`--permissive`) may have it accepted, as a warning. docs/stix.md is this table for people; a test
// keeps them equal. Thread-safe, no state.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace comity::stix {

enum class Waiver : uint8_t { never, permissive };

struct CodeRow {
  std::string_view code;
  std::string_view section;  // of STIX 2.1; empty: a rule of this centre
  Waiver waiver;
  std::string_view meaning;
};

// In alphabetical order.
std::span<CodeRow const> code_rows();

// Null for an unknown one.
CodeRow const* code_row(std::string_view code);

}  // namespace comity::stix
