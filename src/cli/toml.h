// TOML that people write: their credentials, the configuration of a centre. A skin over toml++, and its one user: what it
// gives are plain values with the line on which each begins, so that a complaint can say where.
//
// Promises: a text is read whole or not at all; what is wrong is one sentence with file and line. Strings, integers, lists
// and tables are read; what else TOML has (fractions, truth values, dates) is there as `other`, which nothing here takes.
// Not promised: anything but ASCII outside of comment lines, where the library has no defined answer.
// Members are sorted by name. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace comity::cli {

struct TomlMember;

struct Toml {
  enum class Kind : uint8_t { text, number, list, table, other };

  Kind kind = Kind::other;
  uint32_t line = 0;
  std::string text;
  int64_t number = 0;
  std::vector<Toml> list;
  std::vector<TomlMember> members;
};

struct TomlMember {
  std::string name;
  Toml value;
};

// The table that the text is. `path` is for people: errors begin with it.
Result<Toml> read_toml(std::string_view text, std::string const& path);

// "a string", "a number", …
std::string_view name_of(Toml::Kind kind);

}  // namespace comity::cli
