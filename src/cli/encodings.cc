#include "cli/encodings.h"

#include <algorithm>
#include <array>
#include <optional>

#include "cli/plain.h"
#include "crypto/base64.h"

namespace comity::cli {
namespace {

constexpr char32_t no_character = 0xffffffff;
constexpr int most_layers = 3;

void append_utf8(std::string& out, char32_t c) {
  auto const put = [&](char32_t octet) { out += static_cast<char>(octet); };
  if (c < 0x80) return put(c);
  if (c < 0x800) return put(0xc0 | c >> 6), put(0x80 | (c & 0x3f));
  if (c < 0x10000) return put(0xe0 | c >> 12), put(0x80 | (c >> 6 & 0x3f)), put(0x80 | (c & 0x3f));
  put(0xf0 | c >> 18), put(0x80 | (c >> 12 & 0x3f)), put(0x80 | (c >> 6 & 0x3f)), put(0x80 | (c & 0x3f));
}

char32_t lower(char32_t c) {
  auto const in = [c](char32_t first, char32_t last) { return first <= c && c <= last; };
  if (in('A', 'Z') || (in(0xc0, 0xde) && c != 0xd7) || in(0x391, 0x3a9) || in(0x410, 0x42f)) return c + 32;
  if (in(0x400, 0x40f)) return c + 80;
  bool const even_is_capital = in(0x100, 0x137) || in(0x14a, 0x177) || in(0x460, 0x481) || in(0x48a, 0x4bf);
  return even_is_capital && c % 2 == 0 ? c + 1 : c;
}

char32_t upper(char32_t c) {
  auto const in = [c](char32_t first, char32_t last) { return first <= c && c <= last; };
  if (in('a', 'z') || (in(0xe0, 0xfe) && c != 0xf7) || in(0x3b1, 0x3c9) || in(0x430, 0x44f)) return c - 32;
  return in(0x450, 0x45f) ? c - 80 : c;
}

template <class Change>
std::string changed(std::string_view utf8, Change change) {
  std::string out;
  while (!utf8.empty()) {
    auto const [value, size] = first_of(utf8);
    if (value == no_character) {
      out += utf8.front();
    } else {
      append_utf8(out, change(value));
    }
    utf8.remove_prefix(size);
  }
  return out;
}

std::string reversed(std::string_view utf8) {
  std::string out;
  while (!utf8.empty()) {
    auto const size = first_of(utf8).size;
    out.insert(0, utf8.substr(0, size));
    utf8.remove_prefix(size);
  }
  return out;
}

enum class Order { little, big };

Bytes utf16(std::string_view utf8, Order order) {
  Bytes out;
  auto const unit = [&](uint32_t value) {
    char const high = static_cast<char>(value >> 8), low = static_cast<char>(value & 0xff);
    out += order == Order::big ? high : low;
    out += order == Order::big ? low : high;
  };
  while (!utf8.empty()) {
    auto const [value, size] = first_of(utf8);
    if (value >= 0x10000 && value != no_character) {
      unit(0xd800 + static_cast<uint32_t>((value - 0x10000) >> 10));
      unit(0xdc00 + static_cast<uint32_t>((value - 0x10000) & 0x3ff));
    } else {
      unit(static_cast<uint32_t>(value & 0xffff));
    }
    utf8.remove_prefix(size);
  }
  return out;
}

std::optional<uint32_t> hex_value(std::string_view digits) {
  uint32_t value = 0;
  for (char const c : digits) {
    int const digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<uint32_t>(digit);
  }
  return value;
}

// `text` begins with \u: the code point and how many characters it takes.
std::optional<CodePoint> escaped(std::string_view text) {
  auto const unit_at = [&](size_t at) -> std::optional<uint32_t> {
    if (text.size() < at + 6 || text.substr(at, 2) != "\\u") return std::nullopt;
    return hex_value(text.substr(at + 2, 4));
  };
  auto const first = unit_at(0);
  if (!first) return std::nullopt;
  auto const second = unit_at(6);
  bool const pair = *first >= 0xd800 && *first < 0xdc00 && second && *second >= 0xdc00 && *second < 0xe000;
  if (pair) return CodePoint{0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00), 12};
  return CodePoint{*first, 6};
}

bool holds(BytesView bytes, BytesView needle) { return bytes.find(needle) != bytes.npos; }

// The bytes, and what they are with escapes undone, layer by layer.
std::vector<std::string> views_of(BytesView bytes) {
  std::vector<std::string> views{std::string(bytes)};
  size_t from = 0;
  for (int layer = 0; layer < most_layers; ++layer) {
    size_t const to = views.size();
    for (size_t i = from; i < to; ++i)
      for (auto const& undone : {without_json_escapes(views[i]), without_percent(views[i])})
        if (std::ranges::find(views, undone) == views.end()) views.push_back(undone);
    from = to;
  }
  return views;
}

}  // namespace

std::string folded(std::string_view utf8) { return changed(utf8, lower); }

std::string without_json_escapes(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (text.front() == '\\' && text.size() > 1) {
      if (auto const point = escaped(text)) {
        append_utf8(out, point->value);
        text.remove_prefix(point->size);
        continue;
      }
      constexpr std::string_view letters = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
      if (auto const at = letters.find(text[1]); at != letters.npos) {
        out += meant[at];
        text.remove_prefix(2);
        continue;
      }
    }
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

std::string without_percent(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    auto const value =
        text[i] == '%' && i + 2 < text.size() ? hex_value(text.substr(i + 1, 2)) : std::nullopt;
    out += value ? static_cast<char>(*value) : text[i];
    if (value) i += 2;
  }
  return out;
}

Result<Word> Word::of(std::string_view utf8) {
  if (utf8.size() < shortest_word)
    return fail(ErrorCode::bad_input,
                "a word of less than four bytes is found everywhere; choose a longer one");
  Word word;
  word.folded_ = {{"plain", folded(utf8)}, {"reversed", folded(reversed(utf8))}};
  std::string const small = folded(utf8), capital = changed(utf8, upper);
  for (auto const& [name, bytes] :
       {std::pair{"", std::string(utf8)}, {" in lower case", small}, {" in upper case", capital}}) {
    word.add_base64(std::string("base64") + name, bytes);
    word.add(std::string("UTF-16LE") + name, utf16(bytes, Order::little));
    word.add(std::string("UTF-16BE") + name, utf16(bytes, Order::big));
    std::string hexadecimal = to_hex(bytes);
    if (std::ranges::find(word.folded_, hexadecimal, &Needle::bytes) == word.folded_.end())
      word.folded_.push_back({std::string("hexadecimal") + name, std::move(hexadecimal)});
  }
  word.add_base64("base64 of UTF-16LE", utf16(utf8, Order::little));
  word.add_base64("base64 of UTF-16BE", utf16(utf8, Order::big));
  return word;
}

void Word::add(std::string form, Bytes bytes) {
  if (std::ranges::find(exact_, bytes, &Needle::bytes) == exact_.end())
    exact_.push_back({std::move(form), std::move(bytes)});
}

// Of the text at each offset, those characters that depend on nothing around the word.
void Word::add_base64(std::string const& form, BytesView bytes) {
  for (size_t offset = 0; offset < 3; ++offset) {
    std::string const padded = std::string(offset, '\0') + std::string(bytes);
    size_t const first = (offset * 8 + 5) / 6, last = padded.size() * 8 / 6;
    std::string const name = form + " at offset " + std::to_string(offset);
    add(name, crypto::to_base64(padded).substr(first, last - first));
    add(name + " (for URLs)", crypto::to_base64url(padded).substr(first, last - first));
  }
}

std::vector<std::string> Word::found_in(BytesView bytes) const {
  std::vector<std::string> forms;
  auto const note = [&](std::string const& form) {
    if (std::ranges::find(forms, form) == forms.end()) forms.push_back(form);
  };
  auto const views = views_of(bytes);
  for (size_t i = 0; i < views.size(); ++i) {
    std::string const view = folded(views[i]);
    for (auto const& needle : folded_)
      if (holds(view, needle.bytes)) note(i == 0 ? needle.form : needle.form + ", escaped");
    for (auto const& needle : exact_)
      if (holds(views[i], needle.bytes)) note(needle.form);
  }
  return forms;
}

}  // namespace comity::cli
