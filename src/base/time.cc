#include "base/time.h"

#include <fmt/format.h>

namespace comity {
namespace {

// Days since 1970-01-01 of a proleptic Gregorian date, counted in eras of 400 years that begin on 1 March.
int64_t days_from_civil(int64_t year, unsigned month, unsigned day) {
  year -= month <= 2;
  int64_t const era = (year >= 0 ? year : year - 399) / 400;
  unsigned const year_of_era = static_cast<unsigned>(year - era * 400);
  unsigned const day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  unsigned const day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<int64_t>(day_of_era) - 719468;
}

// 10000-01-01T00:00:00Z, which has no text.
constexpr UtcTime end_of_years{253'402'300'800'000'000};

struct Civil {
  int64_t year;
  unsigned month, day;
};

Civil civil_from_days(int64_t z) {
  z += 719468;
  int64_t const era = (z >= 0 ? z : z - 146096) / 146097;
  unsigned const day_of_era = static_cast<unsigned>(z - era * 146097);
  unsigned const year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  unsigned const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  unsigned const shifted = (5 * day_of_year + 2) / 153;
  unsigned const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {static_cast<int64_t>(year_of_era) + era * 400 + (month <= 2), month,
          day_of_year - (153 * shifted + 2) / 5 + 1};
}

unsigned days_in_month(int64_t year, unsigned month) {
  static constexpr unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[month - 1];
}

// Reads exactly `count` digits at the front of `text` and removes them.
std::optional<unsigned> take_digits(std::string_view& text, size_t count) {
  if (text.size() < count) return std::nullopt;
  unsigned value = 0;
  for (size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// Date and time up to the seconds; what is left in `text` is the fraction and the zone.
std::optional<UtcTime> take_seconds(std::string_view& text) {
  auto const year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  auto const month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  auto const day = take_digits(text, 2);
  if (!day || !take(text, 'T')) return std::nullopt;
  auto const hour = take_digits(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  auto const minute = take_digits(text, 2);
  if (!minute || !take(text, ':')) return std::nullopt;
  auto const second = take_digits(text, 2);
  if (!second) return std::nullopt;
  // A leap second (60) is read as the first moment of the next minute.
  if (*year < 1 || *month < 1 || *month > 12 || *hour > 23 || *minute > 59 || *second > 60)
    return std::nullopt;
  if (*day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  int64_t const day_number = days_from_civil(*year, *month, *day);
  return UtcTime{(day_number * 86400 + *hour * 3600 + *minute * 60 + *second) * 1'000'000};
}

// The last digits of `number`, with zeros before it, to the end of `text` at `end`.
void put_digits(char* end, int64_t number, size_t digits) {
  for (; digits > 0; --digits, number /= 10) *--end = static_cast<char>('0' + number % 10);
}

}  // namespace

std::string to_text(UtcTime time) {
  if (time == never) return "never";
  int64_t day = time.us / 86'400'000'000, rest = time.us % 86'400'000'000;
  if (rest < 0) rest += 86'400'000'000, --day;
  Civil const date = civil_from_days(day);
  if (date.year < 0 || date.year > 9999)
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", date.year, date.month, date.day,
                       rest / 3'600'000'000, rest / 60'000'000 % 60, rest / 1'000'000 % 60, rest % 1'000'000);
  std::string text = "0000-00-00T00:00:00.000000Z";
  char* const start = text.data();
  put_digits(start + 4, date.year, 4), put_digits(start + 7, date.month, 2),
      put_digits(start + 10, date.day, 2);
  put_digits(start + 13, rest / 3'600'000'000, 2), put_digits(start + 16, rest / 60'000'000 % 60, 2);
  put_digits(start + 19, rest / 1'000'000 % 60, 2), put_digits(start + 26, rest % 1'000'000, 6);
  return text;
}

std::optional<UtcTime> parse_time(std::string_view text) {
  if (text.size() != 27 || text[19] != '.' || text[26] != 'Z') return std::nullopt;
  bool const leap_second = text[17] == '6';  // the canonical text never writes one
  return leap_second ? std::nullopt : parse_stix_time(text);
}

std::optional<UtcTime> parse_stix_time(std::string_view text) {
  auto time = take_seconds(text);
  if (!time) return std::nullopt;
  if (take(text, '.')) {
    int64_t unit = 100'000;
    size_t digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++digits) {
      time->us += (text.front() - '0') * unit;
      unit /= 10;
    }
    if (digits == 0 || digits > 30) return std::nullopt;
  }
  return text == "Z" && *time < end_of_years ? time : std::nullopt;
}

std::string to_text(Duration duration) {
  int64_t rest = duration.us;
  std::string text = rest < 0 ? "-P" : "P";
  if (rest < 0) rest = -rest;
  if (rest / 86'400'000'000) text += fmt::format("{}D", rest / 86'400'000'000);
  rest %= 86'400'000'000;
  std::string time;
  if (rest / 3'600'000'000) time += fmt::format("{}H", rest / 3'600'000'000);
  if (rest / 60'000'000 % 60) time += fmt::format("{}M", rest / 60'000'000 % 60);
  if (rest % 60'000'000) {
    time += fmt::format("{}", rest / 1'000'000 % 60);
    if (rest % 1'000'000) time += fmt::format(".{:06}", rest % 1'000'000);
    time += 'S';
  }
  if (time.empty() && text.back() == 'P') return text + "T0S";
  return time.empty() ? text : text + 'T' + time;
}

std::optional<Duration> parse_duration(std::string_view text) {
  if (!take(text, 'P') || text.empty()) return std::nullopt;
  int64_t total = 0;
  bool in_time = false, any = false;
  int last_rank = 0;
  while (!text.empty()) {
    if (!in_time && take(text, 'T')) {
      in_time = true;
      any = false;
      continue;
    }
    int64_t value = 0;
    size_t digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++digits) {
      if (digits == 7) return std::nullopt;
      value = value * 10 + (text.front() - '0');
    }
    if (digits == 0 || text.empty()) return std::nullopt;
    char const unit = text.front();
    text.remove_prefix(1);
    int const rank = !in_time && unit == 'D'  ? 1
                     : in_time && unit == 'H' ? 2
                     : in_time && unit == 'M' ? 3
                     : in_time && unit == 'S' ? 4
                                              : 0;
    if (rank <= last_rank) return std::nullopt;
    last_rank = rank;
    total += value * (rank == 1 ? 86'400 : rank == 2 ? 3'600 : rank == 3 ? 60 : 1);
    any = true;
  }
  if (!any) return std::nullopt;
  return seconds(total);
}

}  // namespace comity
