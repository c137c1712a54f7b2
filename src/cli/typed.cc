#include "cli/typed.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace comity::cli {
namespace {

constexpr int most_exponent = 400;             // of a double; beyond it no number is meant
constexpr int64_t most_miles = 1'000'000'000;  // thousandths of a mile: more than the Earth is long

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// A decimal as its digits, without a point, and where the point stands: 12.50 is 1250 at 2.
struct Decimal {
  bool negative = false;
  std::string digits;
  int point = 0;  // counted from the left; may lie outside
};

std::optional<Decimal> read_decimal(std::string_view text) {
  Decimal out;
  if (text.starts_with('-') || text.starts_with('+')) {
    out.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  size_t at = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) out.digits += text[at];
  size_t const whole = out.digits.size();
  if (at < text.size() && text[at] == '.')
    for (++at; at < text.size() && is_digit(text[at]); ++at) out.digits += text[at];
  if (out.digits.empty() || out.digits.size() > 400) return std::nullopt;
  int exponent = 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('+')) rest.remove_prefix(1);
    auto const [end, wrong] = std::from_chars(rest.data(), rest.data() + rest.size(), exponent);
    if (wrong != std::errc() || std::abs(exponent) > most_exponent) return std::nullopt;
    at = static_cast<size_t>(end - text.data());
  }
  if (at != text.size()) return std::nullopt;
  out.point = static_cast<int>(whole) + exponent;
  return out;
}

// What stands right of the point, against one half.
struct Rest {
  bool none = true, half_or_more = false;
};

Rest rest_of(Decimal const& number) {
  Rest rest;
  for (size_t i = static_cast<size_t>(std::max(number.point, 0)); i < number.digits.size(); ++i)
    rest.none = rest.none && number.digits[i] == '0';
  bool const first_counts = number.point >= 0 && static_cast<size_t>(number.point) < number.digits.size();
  rest.half_or_more = first_counts && number.digits[static_cast<size_t>(number.point)] >= '5';
  return rest;
}

std::optional<int64_t> whole_of(Decimal const& number, Rounding rounding) {
  int64_t value = 0;
  for (int i = 0; i < number.point; ++i) {
    bool const has = static_cast<size_t>(i) < number.digits.size();
    value = value * 10 + (has ? number.digits[static_cast<size_t>(i)] - '0' : 0);
    if (value > json::greatest_integer) return std::nullopt;
  }
  Rest const rest = rest_of(number);
  bool const away = rounding == Rounding::nearest
                        ? rest.half_or_more
                        : !rest.none && number.negative == (rounding == Rounding::down);
  value += away ? 1 : 0;
  return number.negative ? -value : value;
}

// The number at the front of a text, and what stands behind it.
std::pair<std::string_view, std::string_view> number_and_rest(std::string_view text) {
  text = trimmed(text);
  size_t end = 0;
  while (end < text.size() &&
         (is_digit(text[end]) || text[end] == '.' || text[end] == '-' || text[end] == '+'))
    ++end;
  return {text.substr(0, end), trimmed(text.substr(end))};
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    size_t const end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

json::Value altitude(int64_t value, std::string_view unit, std::string_view reference) {
  return json::Object{{"value", value}, {"unit", unit}, {"reference", reference}};
}

int64_t floored(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::unexpected<Error> no_altitude(std::string_view text) {
  return fail(ErrorCode::bad_input,
              "`" + std::string(text) +
                  "` is no altitude; say it like 6000m, \"21000 ft W84\", \"500 ft AGL\", FL240, "
                  "GND or UNL (without a reference: above the ellipsoid, W84)");
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> all) {
  return std::ranges::find(all, word) != all.end();
}

}  // namespace

std::optional<int64_t> scaled_decimal(std::string_view text, int power, Rounding rounding) {
  auto number = read_decimal(text);
  if (!number) return std::nullopt;
  number->point += power;
  if (number->point < 0)
    number->digits.insert(0, static_cast<size_t>(-number->point), '0'), number->point = 0;
  return whole_of(*number, rounding);
}

std::optional<int32_t> coordinate_e7(std::string_view text, int most) {
  auto const e7 = scaled_decimal(text, 7, Rounding::nearest);
  int64_t const limit = int64_t{most} * 10'000'000;
  if (!e7 || *e7 < -limit || *e7 > limit) return std::nullopt;
  return static_cast<int32_t>(*e7);
}

// A number that ends in a letter of the compass, or has a sign.
static std::optional<int32_t> typed_coordinate(std::string_view word, char positive, char negative,
                                               int most) {
  char const last = word.empty() ? ' ' : upper(word).back();
  bool const has_letter = last == positive || last == negative;
  if (has_letter) word.remove_suffix(1);
  if (has_letter && (word.starts_with('-') || word.starts_with('+'))) return std::nullopt;
  auto const e7 = coordinate_e7(word, most);
  return e7 && last == negative ? -*e7 : e7;
}

Result<model::Point> read_position(std::string_view text) {
  auto const words = words_of(text);
  if (words.size() == 2)
    if (auto const latitude = typed_coordinate(words[0], 'N', 'S', 90))
      if (auto const longitude = typed_coordinate(words[1], 'E', 'W', 180))
        return model::Point{*longitude, *latitude};
  return fail(ErrorCode::bad_input,
              "`" + std::string(text) +
                  "` is no position; say latitude and longitude in decimal degrees, like "
                  "\"35.5 40.25\" or \"35.5N 40.25E\"");
}

Result<std::vector<model::Point>> read_positions(std::string_view text) {
  std::vector<model::Point> ring;
  while (true) {
    size_t const end = text.find_first_of(",;");
    ring.push_back(TRY(read_position(text.substr(0, end))));
    if (end == text.npos) break;
    text.remove_prefix(end + 1);
  }
  if (ring.size() > 3 && ring.front() == ring.back()) ring.pop_back();
  if (ring.size() < 3)
    return fail(ErrorCode::bad_input, "a polygon has three places or more: \"LAT LNG, LAT LNG, LAT LNG\"");
  return ring;
}

Result<json::Value> read_altitude(std::string_view text, Side side) {
  std::string const said = upper(trimmed(text));
  if (is_one_of(said, {"GND", "UNL"})) return json::Value(json::Object{{"reference", said}});
  Rounding const outward = side == Side::low ? Rounding::down : Rounding::up;
  if (said.starts_with("FL")) {
    auto const level = scaled_decimal(trimmed(std::string_view(said).substr(2)), 0, outward);
    return level ? Result<json::Value>(altitude(*level, "FL", "FL")) : no_altitude(text);
  }
  auto const [number, rest] = number_and_rest(said);
  auto const value = scaled_decimal(number, 0, outward);
  auto const words = words_of(rest);
  bool const has_unit = !words.empty() && is_one_of(words[0], {"M", "FT"});
  bool const has_reference = words.size() == 2 && is_one_of(words[1], {"W84", "AMSL", "AGL"});
  if (!value || !has_unit || (words.size() != 1 && !has_reference)) return no_altitude(text);
  return altitude(*value, words[0] == "M" ? "m" : "ft", has_reference ? words[1] : "W84");
}

// Feet that were filed were rounded outward to millimetres, and are found again.
json::Value altitude_of_mm(int64_t mm, Side side) {
  if (mm % 1'000 == 0) return altitude(mm / 1'000, "m", "W84");
  bool const up = side == Side::high;
  int64_t const feet = up ? floored(mm * 10, 3'048) : -floored(-mm * 10, 3'048);
  int64_t const filed_mm = up ? -floored(-feet * 3'048, 10) : floored(feet * 3'048, 10);
  if (filed_mm == mm) return altitude(feet, "ft", "W84");
  return altitude(up ? -floored(-mm, 1'000) : floored(mm, 1'000), "m", "W84");
}

Result<int64_t> read_length_m(std::string_view text) {
  auto const [number, rest] = number_and_rest(text);
  std::string const unit = upper(rest);
  std::optional<int64_t> length;
  if (unit == "M" || unit.empty()) length = scaled_decimal(number, 0, Rounding::up);
  if (unit == "KM") length = scaled_decimal(number, 3, Rounding::up);
  if (unit == "NM")
    if (auto const thousandths = scaled_decimal(number, 3, Rounding::up);
        thousandths && *thousandths < most_miles)
      length = (*thousandths * 1'852 + 999) / 1'000;
  if (length && *length > 0) return *length;
  return fail(ErrorCode::bad_input,
              "`" + std::string(text) + "` is no length; say it like 500m, 1.5km or 2NM");
}

Result<std::string> read_moment(std::string_view text, UtcTime now) {
  if (text == "now") return to_text(now);
  if (text.starts_with('+'))
    if (auto const after = parse_duration(text.substr(1))) return to_text(now + *after);
  std::string said(text);
  if (said.size() == 17 && said.ends_with('Z')) said.insert(16, ":00");  // to the minute
  if (auto const time = parse_stix_time(said)) return to_text(*time);
  return fail(ErrorCode::bad_input,
              "`" + std::string(text) +
                  "` is no time in UTC; say it like 2026-03-01T12:00Z, now, or +PT90M for "
                  "ninety minutes from now");
}

}  // namespace comity::cli
