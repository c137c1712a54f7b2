#include "cli/toml.h"

#include <algorithm>
#include <stdexcept>
#define TOML_EXCEPTIONS 0
// Some malformed files meet an assertion of the library (`[=` does in 3.3.0): an error like others, not the end of the
// process.
#define TOML_ASSERT(condition) ((condition) ? void() : throw std::logic_error(#condition))
#include <toml++/toml.h>

namespace comity::cli {
namespace {

// The first line that has something other than ASCII and is no comment; 0 if there is none. Outside texts TOML allows it
// nowhere, and there toml++ (3.3) has no defined answer to it.
size_t line_beyond_ascii(std::string_view text) {
  for (size_t line = 1; !text.empty(); ++line) {
    size_t const end = std::min(text.find('\n'), text.size());
    std::string_view const content = text.substr(0, end);
    size_t const first = content.find_first_not_of(" \t");
    bool const comment = first != content.npos && content[first] == '#';
    auto const beyond = [](char octet) { return static_cast<unsigned char>(octet) > 127; };
    if (!comment && std::ranges::any_of(content, beyond)) return line;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return 0;
}

// The library bounds how deep values nest.
Toml plain(toml::node const& node, uint32_t line) {
  Toml made;
  made.line = line;
  if (auto const* const text = node.as_string()) {
    made.kind = Toml::Kind::text;
    made.text = text->get();
  } else if (auto const* const number = node.as_integer()) {
    made.kind = Toml::Kind::number;
    made.number = number->get();
  } else if (auto const* const list = node.as_array()) {
    made.kind = Toml::Kind::list;
    for (auto const& one : *list) made.list.push_back(plain(one, one.source().begin.line));
  } else if (auto const* const table = node.as_table()) {
    made.kind = Toml::Kind::table;
    for (auto const& [name, value] : *table)
      made.members.push_back({std::string(name.str()), plain(value, name.source().begin.line)});
  }
  return made;
}

}  // namespace

Result<Toml> read_toml(std::string_view text, std::string const& path) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (size_t const line = line_beyond_ascii(text); line != 0)
    return fail(ErrorCode::bad_input, path + ", line " + std::to_string(line) +
                                          ": only ASCII outside of comment lines; in a text write other "
                                          "characters as \\uXXXX");
  try {
    toml::parse_result const parsed = toml::parse(text, path);
    if (parsed) return plain(parsed.table(), 1);
    auto const& error = parsed.error();
    return fail(ErrorCode::bad_input, path + ", line " + std::to_string(error.source().begin.line) + ": " +
                                          std::string(error.description()));
  } catch (std::logic_error const&) {
    return fail(ErrorCode::bad_input, path + " is not TOML");
  }
}

std::string_view name_of(Toml::Kind kind) {
  switch (kind) {
    case Toml::Kind::text: return "a string";
    case Toml::Kind::number: return "a number";
    case Toml::Kind::list: return "a list";
    case Toml::Kind::table: return "a table";
    case Toml::Kind::other: return "something else";
  }
  return "";
}

}  // namespace comity::cli
