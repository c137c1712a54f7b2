#include "earth/mgrs.h"

#include <GeographicLib/MGRS.hpp>
#include <GeographicLib/UTMUPS.hpp>
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace comity::earth {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_letter(char c) { return upper(c) >= 'A' && upper(c) <= 'Z'; }

constexpr char form[] = "a square of MGRS is written like \"35T MF 1234 5678\", with as many digits each way";

// In capitals and without blanks. Where a blank parts the digits, it parts them in the middle.
std::optional<std::string> compact(std::string_view text) {
  std::string all;
  size_t letters_end = 0, blank_in_digits = 0;
  for (char const c : text) {
    if (c == ' ') {
      if (letters_end != 0 && all.size() > letters_end) {
        if (blank_in_digits != 0 && blank_in_digits != all.size()) return std::nullopt;
        blank_in_digits = all.size();
      }
      continue;
    }
    if (!is_digit(c) && !is_letter(c)) return std::nullopt;
    all += upper(c);
    if (is_letter(c)) letters_end = all.size();
  }
  size_t const digits = all.size() - letters_end;
  if (digits == 0 || digits % 2 != 0) return std::nullopt;
  bool const ends_blank = blank_in_digits == all.size();
  if (blank_in_digits != 0 && !ends_blank && blank_in_digits != letters_end + digits / 2) return std::nullopt;
  return all;
}

}  // namespace

bool looks_like_mgrs(std::string_view text) {
  size_t digits = 0, letters = 0;
  for (char const c : text) {
    if (c == ' ') continue;
    if (is_digit(c) && letters == 0) {
      ++digits;
    } else if (is_letter(c)) {
      ++letters;
    } else {
      break;
    }
  }
  return letters >= 3 && digits <= 2;
}

Result<TypedPlace> read_mgrs(std::string_view text) {
  auto const square = compact(text);
  if (!square) return fail(ErrorCode::bad_input, form);
  int zone = 0, precision = 0;
  bool is_north = false;
  double x = 0, y = 0, latitude = 0, longitude = 0;
  try {
    GeographicLib::MGRS::Reverse(*square, zone, is_north, x, y, precision, true);
    if (zone == GeographicLib::UTMUPS::INVALID || precision < 1 || precision > 5)
      return fail(ErrorCode::bad_input, form);
    GeographicLib::UTMUPS::Reverse(zone, is_north, x, y, latitude, longitude);
  } catch (GeographicLib::GeographicErr const&) {
    return fail(ErrorCode::bad_input, "there is no such square of MGRS");
  }
  double const side_mm = 1e8 / std::pow(10, precision);
  return TypedPlace{
      {static_cast<int32_t>(std::lround(longitude * 1e7)), static_cast<int32_t>(std::lround(latitude * 1e7))},
      std::lround(std::ceil(side_mm * std::sqrt(0.5) * 1.01)) + 8};
}

}  // namespace comity::earth
