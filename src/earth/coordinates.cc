#include "earth/coordinates.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "earth/mgrs.h"

namespace comity::earth {
namespace {

constexpr char how[] =
    "a place is written like \"41.32N 26.10E\", \"41°19'12\"N 26°06'00\"E\" or \"35T MF 1234 5678\"";

enum class Kind : uint8_t { number, letter, degrees, minutes, seconds, separator };
struct Part {
  Kind kind;
  std::string_view text;
};

struct Mark {
  std::string_view text;
  Kind kind;
};
// Those of two octets and more before those that begin like them.
constexpr Mark marks[] = {{"\u00b0", Kind::degrees},
                          {"\u00ba", Kind::degrees},
                          {"\u02da", Kind::degrees},
                          {"''", Kind::seconds},
                          {"\u2032\u2032", Kind::seconds},
                          {"\u2019\u2019", Kind::seconds},
                          {"\u2033", Kind::seconds},
                          {"\u201d", Kind::seconds},
                          {"\u02ba", Kind::seconds},
                          {"\"", Kind::seconds},
                          {"'", Kind::minutes},
                          {"\u2032", Kind::minutes},
                          {"\u2019", Kind::minutes},
                          {"\u02b9", Kind::minutes},
                          {",", Kind::separator},
                          {";", Kind::separator},
                          {"/", Kind::separator}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

size_t number_length(std::string_view text) {
  size_t n = 0, points = 0;
  while (n < text.size() && (is_digit(text[n]) || (text[n] == '.' && n > 0 && points == 0)))
    points += text[n++] == '.' ? 1 : 0;
  return n;
}

std::optional<Part> next_part(std::string_view text) {
  if (size_t const n = number_length(text)) return Part{Kind::number, text.substr(0, n)};
  if (std::string_view("NSEWnsew").contains(text[0])) return Part{Kind::letter, text.substr(0, 1)};
  for (Mark const& mark : marks)
    if (text.starts_with(mark.text)) return Part{mark.kind, text.substr(0, mark.text.size())};
  return std::nullopt;
}

Result<std::vector<Part>> parts_of(std::string_view text) {
  std::vector<Part> parts;
  while (!text.empty()) {
    if (text[0] == ' ') {
      text.remove_prefix(1);
      continue;
    }
    if (text[0] == '-' || text[0] == '+' || text.starts_with("\u2212"))
      return fail(ErrorCode::bad_input, "a sign does not say which coordinate it is of: write N, S, E or W");
    auto const part = next_part(text);
    if (!part) return fail(ErrorCode::bad_input, how);
    parts.push_back(*part);
    text.remove_prefix(part->text.size());
  }
  return parts;
}

// A coordinate as it stands, before anybody has looked at its digits.
struct Spelled {
  char letter = 0;
  std::vector<std::string_view> numbers;
  bool is_latitude() const { return letter == 'N' || letter == 'S'; }
};

// Numbers with their marks, in the order of degrees, minutes, seconds; from `at` on.
Result<std::vector<std::string_view>> take_numbers(std::vector<Part> const& parts, size_t& at) {
  constexpr Kind order[] = {Kind::degrees, Kind::minutes, Kind::seconds};
  std::vector<std::string_view> numbers;
  while (at < parts.size() && parts[at].kind == Kind::number) {
    if (numbers.size() == std::size(order)) return fail(ErrorCode::bad_input, how);
    Kind const due = order[numbers.size()];
    numbers.push_back(parts[at++].text);
    if (at == parts.size() || parts[at].kind == Kind::number || parts[at].kind == Kind::letter) continue;
    if (parts[at].kind == Kind::separator) break;
    if (parts[at++].kind != due)
      return fail(ErrorCode::bad_input, "degrees, minutes and seconds bear each its own mark, in this order");
  }
  if (numbers.empty()) return fail(ErrorCode::bad_input, how);
  return numbers;
}

char take_letter(std::vector<Part> const& parts, size_t& at) {
  if (at == parts.size() || parts[at].kind != Kind::letter) return 0;
  char const letter = parts[at++].text[0];
  return letter >= 'a' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

Result<std::array<Spelled, 2>> spelled(std::vector<Part> const& parts) {
  std::array<Spelled, 2> both;
  size_t at = 0;
  bool const before = !parts.empty() && parts[0].kind == Kind::letter;
  for (Spelled& one : both) {
    if (before) one.letter = take_letter(parts, at);
    one.numbers = TRY(take_numbers(parts, at));
    if (!before) one.letter = take_letter(parts, at);
    if (one.letter == 0)
      return fail(ErrorCode::bad_input,
                  "say which coordinate is which, N or S and E or W, and write fractions behind a point");
    if (&one == &both[0] && at < parts.size() && parts[at].kind == Kind::separator) ++at;
  }
  if (at != parts.size()) return fail(ErrorCode::bad_input, how);
  if (both[0].is_latitude() == both[1].is_latitude())
    return fail(ErrorCode::bad_input, "one coordinate is N or S, the other E or W");
  return both;
}

// Digits that stand together are parted: two of seconds, two of minutes, the rest of degrees.
Result<std::vector<std::string_view>> parted(Spelled const& one) {
  if (one.numbers.size() != 1) return one.numbers;
  std::string_view const text = one.numbers[0];
  size_t const whole = std::min(text.find('.'), text.size()), degrees = one.is_latitude() ? 2 : 3;
  if (whole <= degrees) return one.numbers;
  if (whole == degrees + 2) return std::vector{text.substr(0, degrees), text.substr(degrees)};
  if (whole == degrees + 4)
    return std::vector{text.substr(0, degrees), text.substr(degrees, 2), text.substr(degrees + 2)};
  return fail(ErrorCode::bad_input,
              "digits together are two for each of degrees, minutes and seconds; three for degrees E or W");
}

// Thousand-millionths of a second of arc: all that is read is a whole number of them.
constexpr int64_t nano = 1'000'000'000, of_second[] = {3'600, 60, 1};
constexpr size_t decimals = 9;

std::optional<int64_t> nano_of(std::string_view text) {
  size_t const point = text.find('.');
  std::string_view const whole = text.substr(0, point),
                         fraction = point == text.npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || whole.size() > 3 || fraction.size() > decimals ||
      (point != text.npos && fraction.empty()))
    return std::nullopt;
  int64_t value = 0;
  for (char const c : whole) value = value * 10 + (c - '0');
  for (size_t i = 0; i < decimals; ++i) value = value * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  return value;
}

struct Coordinate {
  int32_t e7 = 0;
  int64_t uncertainty_mm = 0;
};

Result<Coordinate> coordinate_of(Spelled const& one) {
  auto const numbers = TRY(parted(one));
  int64_t sum = 0;
  for (size_t i = 0; i < numbers.size(); ++i) {
    bool const is_last = i + 1 == numbers.size();
    auto const value = nano_of(numbers[i]);
    if (!value || (!is_last && numbers[i].contains('.')))
      return fail(ErrorCode::bad_input, "only the last number has a fraction, of at most nine decimals");
    if (i > 0 && *value >= 60 * nano)
      return fail(ErrorCode::bad_input, "minutes and seconds are below sixty");
    sum += *value * of_second[i];
  }
  if (sum > (one.is_latitude() ? 90 : 180) * of_second[0] * nano)
    return fail(ErrorCode::bad_input, "a latitude ends at 90 degrees, a longitude at 180");
  constexpr int64_t of_e7 = of_second[0] * nano / 10'000'000;
  auto const e7 = static_cast<int32_t>((sum + of_e7 / 2) / of_e7);
  bool const is_below = one.letter == 'S' || one.letter == 'W';
  return Coordinate{is_below ? -e7 : e7, sum % of_e7 == 0 ? 0 : 6};
}

}  // namespace

Result<TypedPlace> read_place(std::string_view text) {
  if (text.size() > limits::place_bytes) return fail(ErrorCode::bad_input, how);
  if (looks_like_mgrs(text)) return read_mgrs(text);
  auto const parts = TRY(parts_of(text));
  auto const both = TRY(spelled(parts));
  Coordinate const first = TRY(coordinate_of(both[0])), second = TRY(coordinate_of(both[1]));
  Coordinate const &latitude = both[0].is_latitude() ? first : second,
                   &longitude = both[0].is_latitude() ? second : first;
  return TypedPlace{{longitude.e7, latitude.e7}, latitude.uncertainty_mm + longitude.uncertainty_mm};
}

}  // namespace comity::earth
