#include "cli/plain.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace comity::cli {
namespace {

constexpr char32_t invalid = 0xffffffff;

struct Span {
  char32_t first, last;
};

template <size_t N>
bool within(std::array<Span, N> const& spans, char32_t c) {
  return std::ranges::any_of(spans, [c](Span span) { return span.first <= c && c <= span.last; });
}

// Controls, direction marks, invisible and separating characters, tags.
constexpr std::array<Span, 13> inert{{{0x00, 0x1f},
                                      {0x7f, 0x9f},
                                      {0xad, 0xad},
                                      {0x61c, 0x61c},
                                      {0x180e, 0x180e},
                                      {0x200b, 0x200b},
                                      {0x200e, 0x200f},
                                      {0x2028, 0x202e},
                                      {0x2060, 0x206f},
                                      {0xfeff, 0xfeff},
                                      {0xfff9, 0xfffb},
                                      {0xfffe, 0xffff},
                                      {0xe0000, 0xe0fff}}};

constexpr std::array<Span, 18> narrow{{{0x300, 0x36f},
                                       {0x483, 0x489},
                                       {0x591, 0x5bd},
                                       {0x5bf, 0x5c7},
                                       {0x610, 0x61a},
                                       {0x64b, 0x65f},
                                       {0x670, 0x670},
                                       {0x6d6, 0x6dc},
                                       {0x6df, 0x6e4},
                                       {0x6e7, 0x6ed},
                                       {0x93c, 0x93c},
                                       {0x941, 0x948},
                                       {0x94d, 0x94d},
                                       {0x1ab0, 0x1aff},
                                       {0x200c, 0x200d},
                                       {0x20d0, 0x20ff},
                                       {0xfe00, 0xfe0f},
                                       {0xfe20, 0xfe2f}}};

constexpr std::array<Span, 10> wide{{{0x1100, 0x115f},
                                     {0x2e80, 0x303e},
                                     {0x3041, 0xa4cf},
                                     {0xac00, 0xd7a3},
                                     {0xf900, 0xfaff},
                                     {0xfe30, 0xfe6f},
                                     {0xff00, 0xff60},
                                     {0xffe0, 0xffe6},
                                     {0x1f300, 0x1faff},
                                     {0x20000, 0x3fffd}}};

enum class Lines { shown, kept };

std::string shown(std::string_view text, Lines lines) {
  std::string out;
  while (!text.empty()) {
    auto const [value, size] = first_of(text);
    if (value == invalid) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    } else if (lines == Lines::kept && value == '\n') {
      out += '\n';
    } else if (lines == Lines::kept && value == '\t') {
      out += "  ";
    } else if (within(inert, value)) {
      out += value < 0x100 ? fmt::format("\\x{:02x}", static_cast<uint32_t>(value))
                           : fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(value));
    } else {
      out += text.substr(0, size);
    }
    text.remove_prefix(size);
  }
  return out;
}

void append_escape(std::string& out, char32_t c) {
  auto const unit = [&](uint32_t value) { out += fmt::format("\\u{:04x}", value); };
  if (c < 0x10000) return unit(static_cast<uint32_t>(c));
  auto const rest = static_cast<uint32_t>(c - 0x10000);
  unit(0xd800 + (rest >> 10));
  unit(0xdc00 + (rest & 0x3ff));
}

}  // namespace

CodePoint first_of(std::string_view rest) {
  auto const octet = [&](size_t i) { return static_cast<unsigned char>(rest[i]); };
  unsigned char const head = octet(0);
  if (head < 0x80) return {head, 1};
  size_t const size = head >= 0xf0 ? 4 : head >= 0xe0 ? 3 : 2;
  if (head < 0xc2 || head > 0xf4 || rest.size() < size) return {invalid, 1};
  char32_t value = head & (0xff >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((octet(i) & 0xc0) != 0x80) return {invalid, 1};
    value = value << 6 | (octet(i) & 0x3f);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  bool const good = value >= least[size] && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
  if (!good) return {invalid, 1};
  return {value, size};
}

std::string plain(std::string_view text) { return shown(text, Lines::shown); }
std::string plain_lines(std::string_view text) { return shown(text, Lines::kept); }

size_t width(std::string_view utf8) {
  size_t columns = 0;
  while (!utf8.empty()) {
    auto const [value, size] = first_of(utf8);
    columns += value == invalid ? 1 : within(narrow, value) ? 0 : within(wide, value) ? 2 : 1;
    utf8.remove_prefix(size);
  }
  return columns;
}

std::string cut(std::string const& utf8, size_t columns) {
  if (width(utf8) <= columns) return utf8;
  std::string out;
  std::string_view rest = utf8;
  while (!rest.empty()) {
    auto const size = first_of(rest).size;
    if (width(out) + width(rest.substr(0, size)) + 1 > columns) break;
    out += rest.substr(0, size);
    rest.remove_prefix(size);
  }
  return out + "…";
}

std::string plain_json(std::string_view json) {
  std::string out;
  while (!json.empty()) {
    auto const [value, size] = first_of(json);
    bool const layout =
        value == '\n' || value == '\t' || value == '\r';  // only between values, in valid JSON
    if (value == invalid) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(json.front()));
    } else if (!layout && within(inert, value)) {
      append_escape(out, value);
    } else {
      out += json.substr(0, size);
    }
    json.remove_prefix(size);
  }
  return out;
}

}  // namespace comity::cli
