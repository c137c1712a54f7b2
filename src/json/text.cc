#include "json/text.h"

#include <charconv>
#include <cmath>

#include "base/bytes.h"
#include "base/ensure.h"

namespace comity::json {
namespace {

bool is_plain(char c) { return static_cast<uint8_t>(c) >= 0x20 && c != '"' && c != '\\'; }

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\t': out += "\\t"; return;
    case '\n': out += "\\n"; return;
    case '\f': out += "\\f"; return;
    case '\r': out += "\\r"; return;
    default: out += "\\u00" + to_hex(BytesView(&c, 1)); return;
  }
}

// Digits and the power of ten of a number: 0.DIGITS * 10^point.
struct Decimal {
  std::string digits;
  int point;
};

Decimal shortest(double positive) {
  char buffer[40];
  auto const [end, status] =
      std::to_chars(buffer, buffer + sizeof buffer, positive, std::chars_format::scientific);
  ensure(status == std::errc{});
  std::string_view const text(buffer, static_cast<size_t>(end - buffer));
  size_t const e = text.find('e');
  Decimal decimal{std::string(1, text[0]), 0};
  if (e > 2) decimal.digits += text.substr(2, e - 2);
  char const* exponent = buffer + e + 1;
  std::from_chars(*exponent == '+' ? exponent + 1 : exponent, end, decimal.point);
  ++decimal.point;
  return decimal;
}

// ECMAScript, Number::toString, steps 5 and later; `count` and `point` are its k and n.
std::string arranged(Decimal const& decimal) {
  auto const& [digits, point] = decimal;
  int const count = static_cast<int>(digits.size());
  if (count <= point && point <= 21) return digits + std::string(static_cast<size_t>(point - count), '0');
  if (0 < point && point <= 21) {
    return digits.substr(0, static_cast<size_t>(point)) + "." + digits.substr(static_cast<size_t>(point));
  }
  if (-6 < point && point <= 0) return "0." + std::string(static_cast<size_t>(-point), '0') + digits;
  std::string const fraction = count == 1 ? "" : "." + digits.substr(1);
  return digits[0] + fraction + (point > 0 ? "e+" : "e") + std::to_string(point - 1);
}

// A large whole number that was read with an exponent keeps one: without, it would be an integer that parse() refuses.
void append_with_exponent(std::string& out, double number) {
  char buffer[40];
  auto const [end, status] =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  ensure(status == std::errc{});
  out.append(buffer, end);
}

void append_members(std::string& out, Object const& object) {
  char before = '{';
  for (auto const& member : object) {
    out += before;
    append_string(out, member.key());
    out += ':';
    append_value(out, member.value());
    before = ',';
  }
  if (object.empty()) out += '{';
  out += '}';
}

void append_elements(std::string& out, Array const& array) {
  char before = '[';
  for (auto const& element : array) {
    out += before;
    append_value(out, element);
    before = ',';
  }
  if (array.empty()) out += '[';
  out += ']';
}

}  // namespace

void append_string(std::string& out, std::string_view utf8) {
  out += '"';
  for (size_t from = 0, to = 0; from < utf8.size(); from = to) {
    while (to < utf8.size() && is_plain(utf8[to])) ++to;
    out.append(utf8, from, to - from);
    for (; to < utf8.size() && !is_plain(utf8[to]); ++to) append_escaped(out, utf8[to]);
  }
  out += '"';
}

void append_number(std::string& out, double number) {
  if (number == 0) {
    out += '0';
  } else if (number < 0) {
    out += '-';
    out += arranged(shortest(-number));
  } else {
    out += arranged(shortest(number));
  }
}

void append_scalar(std::string& out, Value const& value) {
  switch (value.kind()) {
    case boost::json::kind::null: out += "null"; return;
    case boost::json::kind::bool_: out += value.get_bool() ? "true" : "false"; return;
    case boost::json::kind::int64: out += std::to_string(value.get_int64()); return;
    case boost::json::kind::uint64: out += std::to_string(value.get_uint64()); return;
    case boost::json::kind::double_: append_number(out, value.get_double()); return;
    case boost::json::kind::string: append_string(out, value.get_string()); return;
    default: ensure(!"a scalar");
  }
}

void append_value(std::string& out, Value const& value) {
  if (auto const* number = value.if_double();
      number && std::fabs(*number) > static_cast<double>(greatest_integer)) {
    append_with_exponent(out, *number);
  } else if (auto const* object = value.if_object()) {
    append_members(out, *object);
  } else if (auto const* array = value.if_array()) {
    append_elements(out, *array);
  } else {
    append_scalar(out, value);
  }
}

}  // namespace comity::json
