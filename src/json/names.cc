#include "json/names.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace comity::json {
namespace {

// Up to here comparing every pair is quicker than sorting; most objects have fewer members.
constexpr size_t few = 24;

std::optional<std::string_view> repeated_among_few(std::span<std::string_view const> names) {
  for (size_t i = 1; i < names.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (names[i] == names[j]) return names[i];
    }
  }
  return std::nullopt;
}

uint8_t octet(char c) { return static_cast<uint8_t>(c); }

// The noncharacters in UTF-8: EF B7 90..AF, EF BF BE..BF and F0..F4 xF BF BE..BF.
bool noncharacter_at(char const* at, size_t left) {
  if (octet(at[0]) == 0xef && left >= 3) {
    if (octet(at[1]) == 0xb7) return octet(at[2]) >= 0x90 && octet(at[2]) <= 0xaf;
    return octet(at[1]) == 0xbf && octet(at[2]) >= 0xbe;
  }
  return octet(at[0]) >= 0xf0 && left >= 4 && (octet(at[1]) & 0x0f) == 0x0f && octet(at[2]) == 0xbf &&
         octet(at[3]) >= 0xbe;
}

// How many of the next octets, eight at a time, are ASCII.
size_t plain_prefix(char const* at, size_t left) {
  size_t count = 0;
  for (uint64_t word; left - count >= sizeof word; count += sizeof word) {
    std::memcpy(&word, at + count, sizeof word);
    if (word & 0x8080808080808080U) break;
  }
  return count;
}

}  // namespace

std::optional<std::string_view> repeated_name(std::span<std::string_view> names) {
  if (names.size() <= few) return repeated_among_few(names);
  std::ranges::sort(names, [](std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  auto const twice = std::ranges::adjacent_find(names);
  if (twice == names.end()) return std::nullopt;
  return *twice;
}

bool has_noncharacter(std::string_view utf8) {
  for (size_t i = 0; i < utf8.size();) {
    i += plain_prefix(utf8.data() + i, utf8.size() - i);
    size_t const stop = std::min(i + 8, utf8.size());
    for (; i < stop; ++i) {
      if (octet(utf8[i]) >= 0xef && noncharacter_at(utf8.data() + i, utf8.size() - i)) return true;
    }
  }
  return false;
}

}  // namespace comity::json
