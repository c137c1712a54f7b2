#include "stix/pattern_tokens.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/time.h"

namespace comity::stix {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool begins_name(char c) { return is_letter(c) || c == '_'; }
bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_base64_letter(char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/'; }

constexpr std::array<std::pair<std::string_view, Token>, 19> words = {{
    {"AND", Token::and_word},
    {"OR", Token::or_word},
    {"NOT", Token::not_word},
    {"FOLLOWEDBY", Token::followedby},
    {"LIKE", Token::like},
    {"MATCHES", Token::matches},
    {"ISSUPERSET", Token::issuperset},
    {"ISSUBSET", Token::issubset},
    {"EXISTS", Token::exists},
    {"LAST", Token::last},
    {"IN", Token::in},
    {"START", Token::start},
    {"STOP", Token::stop},
    {"SECONDS", Token::seconds},
    {"true", Token::boolean},
    {"false", Token::boolean},
    {"WITHIN", Token::within},
    {"REPEATS", Token::repeats},
    {"TIMES", Token::times},
}};

// Beyond ASCII, in UTF-8.
constexpr std::array<std::string_view, 18> wide_spaces = {
    "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005",
    "\u2006", "\u2007", "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f",
};

constexpr std::array<std::pair<std::string_view, Token>, 17> signs = {{
    {"==", Token::equal},
    {"=", Token::equal},
    {"!=", Token::not_equal},
    {"<>", Token::not_equal},
    {"<=", Token::less_equal},
    {"<", Token::less},
    {">=", Token::greater_equal},
    {">", Token::greater},
    {":", Token::colon},
    {".", Token::point},
    {",", Token::comma},
    {"(", Token::left_parenthesis},
    {")", Token::right_parenthesis},
    {"[", Token::left_bracket},
    {"]", Token::right_bracket},
    {"*", Token::asterisk},
    {"", Token::bad},
}};

bool is_hex_body(std::string_view body) {
  return body.size() % 2 == 0 && std::ranges::all_of(body, is_hex_digit);
}

bool is_base64_body(std::string_view body) {
  if (body.empty() || body.size() % 4 != 0) return false;
  for (int i = 0; i < 2 && body.ends_with('='); ++i) body.remove_suffix(1);
  return std::ranges::all_of(body, is_base64_letter);
}

}  // namespace

PatternWords::PatternWords(std::string_view text) : text_(text) { next(); }

void PatternWords::next() {
  skip();
  now_ = read();
}

bool PatternWords::skip_comment() {
  auto const rest = text_.substr(at_);
  if (rest.starts_with("/*")) {
    auto const end = rest.find("*/", 2);
    if (end == std::string_view::npos) return false;  // an odd `/`, then
    at_ += end + 2;
    return true;
  }
  if (!rest.starts_with("//")) return false;
  at_ += std::min(rest.find_first_of("\r\n"), rest.size());
  return true;
}

void PatternWords::skip() {
  for (;;) {
    auto const rest = text_.substr(at_);
    if (rest.empty()) return;
    if (std::string_view(" \t\r\n\v\f").contains(rest[0])) {
      ++at_;
      continue;
    }
    if ((rest[0] & 0x80) == 0) {
      if (rest[0] != '/' || !skip_comment()) return;
      continue;
    }
    if (rest.starts_with("\u3000")) {
      at_ += 3;
      continue;
    }
    auto const* const wide =
        std::ranges::find_if(wide_spaces, [&](std::string_view space) { return rest.starts_with(space); });
    if (wide == wide_spaces.end()) return;
    at_ += wide->size();
  }
}

PatternWord PatternWords::word(Token token, size_t size) {
  PatternWord made{token, text_.substr(at_, size), at_};
  at_ += size;
  return made;
}

PatternWord PatternWords::bad(std::string_view fault) {
  return {Token::bad, text_.substr(at_, 1), at_, fault};
}

PatternWord PatternWords::read() {
  auto const rest = text_.substr(at_);
  if (rest.empty()) return {Token::end, {}, at_};
  if (rest[0] == '\'') return read_quoted(Token::text, 0);
  if (rest.starts_with("t'")) return read_quoted(Token::timestamp, 1);
  if (rest.starts_with("h'")) return read_quoted(Token::hex, 1);
  if (rest.starts_with("b'")) return read_quoted(Token::binary, 1);
  if (begins_name(rest[0])) return read_name();
  bool const point_and_digit = rest[0] == '.' && rest.size() > 1 && is_digit(rest[1]);
  if (is_digit(rest[0]) || rest[0] == '-' || rest[0] == '+' || point_and_digit) return read_number();
  for (auto const& [sign, token] : signs)
    if (!sign.empty() && rest.starts_with(sign)) return word(token, sign.size());
  return bad("a character that has no place in a pattern");
}

PatternWord PatternWords::read_name() {
  size_t end = at_;
  bool hyphen = false;
  while (end < text_.size() && (begins_name(text_[end]) || is_digit(text_[end]) || text_[end] == '-'))
    hyphen |= text_[end++] == '-';
  auto const name = text_.substr(at_, end - at_);
  // All but `true` and `false` are in capitals, which names are not.
  bool const may_be_word = (name[0] >= 'A' && name[0] <= 'Z') || name[0] == 't' || name[0] == 'f';
  if (may_be_word)
    for (auto const& [text, token] : words)
      if (text == name) return word(token, name.size());
  return word(hyphen ? Token::hyphened_name : Token::name, name.size());
}

// [+-] digits without a leading zero, or [+-] digits? . digits
PatternWord PatternWords::read_number() {
  size_t end = at_;
  bool const negative = text_[end] == '-';
  if (negative || text_[end] == '+') ++end;
  auto const first = end;
  while (end < text_.size() && is_digit(text_[end])) ++end;
  auto const whole = end - first;
  if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) {
    ++end;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    return word(negative ? Token::negative_fraction : Token::fraction, end - at_);
  }
  if (whole == 0) return bad("digits are expected after a sign");
  if (whole > 1 && text_[first] == '0') return bad("a number has no leading zero");
  return word(negative ? Token::negative_integer : Token::integer, end - at_);
}

// Between single quotes; in a text `\'` and `\\` stand for themselves and nothing else may follow a backslash.
PatternWord PatternWords::read_quoted(Token token, size_t prefix) {
  size_t end = at_ + prefix + 1;
  while (end < text_.size() && text_[end] != '\'') {
    if (text_[end] == '\\') {
      bool const escape = token == Token::text && end + 1 < text_.size() &&
                          (text_[end + 1] == '\'' || text_[end + 1] == '\\');
      if (!escape) return bad("a backslash in a text stands before a quote or a backslash");
      ++end;
    }
    ++end;
  }
  if (end >= text_.size()) return bad("a quote that is not closed");
  auto const body = text_.substr(at_ + prefix + 1, end - at_ - prefix - 1);
  if (token == Token::hex && !is_hex_body(body)) return bad("pairs of hexadecimal digits are expected");
  if (token == Token::binary && !is_base64_body(body)) return bad("base64 is expected");
  if (token == Token::timestamp && !parse_stix_time(body)) return bad("a time that exists is expected");
  return word(token, end + 1 - at_);
}

}  // namespace comity::stix
