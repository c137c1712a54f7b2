#include "places/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace comity::places {
namespace {

using model::SiteKind;
constexpr std::pair<std::string_view, SiteKind> kind_words[] = {
    {"hospital", SiteKind::hospital},
    {"clinic", SiteKind::hospital},
    {"health", SiteKind::hospital},
    {"health facility", SiteKind::hospital},
    {"health post", SiteKind::hospital},
    {"ambulance station", SiteKind::hospital},
    {"school", SiteKind::school},
    {"education", SiteKind::school},
    {"kindergarten", SiteKind::school},
    {"college", SiteKind::school},
    {"university", SiteKind::school},
    {"water", SiteKind::water},
    {"water point", SiteKind::water},
    {"water plant", SiteKind::water},
    {"wash", SiteKind::water},
    {"pumping station", SiteKind::water},
    {"camp", SiteKind::camp},
    {"idp camp", SiteKind::camp},
    {"idp site", SiteKind::camp},
    {"refugee camp", SiteKind::camp},
    {"heritage", SiteKind::heritage},
    {"monument", SiteKind::heritage},
    {"museum", SiteKind::heritage},
    {"place of worship", SiteKind::heritage},
    {"church", SiteKind::heritage},
    {"mosque", SiteKind::heritage},
    {"shelter", SiteKind::shelter},
    {"collective shelter", SiteKind::shelter},
    {"temporary restriction", SiteKind::temporary_restriction},
    {"other", SiteKind::other}};

template <class E, size_t n>
std::optional<E> found_in(std::pair<std::string_view, E> const (&words)[n], std::string_view word) {
  auto const* const found = std::ranges::find(words, word, &std::pair<std::string_view, E>::first);
  return found == std::end(words) ? std::nullopt : std::optional(found->second);
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Minutes east of Greenwich, and how long its text is at the end of `text`: `Z`, `+02:00`, `-0330`.
std::optional<std::pair<int, size_t>> offset_of(std::string_view text) {
  if (text.ends_with('Z') || text.ends_with('z')) return std::pair(0, size_t{1});
  size_t const sign = text.find_last_of("+-");
  if (sign == text.npos || sign < 11) return std::nullopt;  // a dash of the date
  std::string digits(text.substr(sign + 1));
  std::erase(digits, ':');
  if (digits.size() != 4 || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
  int const hour = (digits[0] - '0') * 10 + digits[1] - '0',
            minute = (digits[2] - '0') * 10 + digits[3] - '0';
  if (hour > 14 || minute > 59) return std::nullopt;
  int const all = hour * 60 + minute;
  return std::pair(text[sign] == '-' ? -all : all, text.size() - sign);
}

// How long the sequence at the front is, 0 if it is none: RFC 3629, without surrogates and overlong forms.
size_t sequence(std::string_view rest) {
  auto const at = [&](size_t i) { return static_cast<unsigned char>(rest[i]); };
  unsigned char const first = at(0);
  if (first < 0x80) return 1;
  size_t const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || rest.size() < size) return 0;
  for (size_t i = 1; i < size; ++i)
    if ((at(i) & 0xc0) != 0x80) return 0;
  bool const overlong = (first == 0xe0 && at(1) < 0xa0) || (first == 0xf0 && at(1) < 0x90);
  bool const beyond = (first == 0xed && at(1) > 0x9f) || (first == 0xf4 && at(1) > 0x8f);
  return overlong || beyond ? 0 : size;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    size_t const size = sequence(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string_view without_mark(std::string_view text) {
  return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

std::optional<double> read_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+') && text.size() > 1 && text[1] != '-') text.remove_prefix(1);
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<UtcTime> read_moment(std::string_view text, Edge edge) {
  text = trimmed(text);
  if (text.size() == 10) {
    auto const day = parse_stix_time(std::string(text) + "T00:00:00Z");
    if (!day || edge == Edge::begins) return day;
    return *day + days(1) - microseconds(1);
  }
  auto const offset = offset_of(text);
  if (!offset) return std::nullopt;
  std::string plain(text.substr(0, text.size() - offset->second));
  if (plain.size() > 10 && (plain[10] == ' ' || plain[10] == 't')) plain[10] = 'T';
  if (plain.size() == 16) plain += ":00";  // without seconds
  auto const local = parse_stix_time(plain + "Z");
  if (!local) return std::nullopt;
  // What leaves the years that can be written is none.
  UtcTime const moment = *local - minutes(offset->first);
  return parse_time(to_text(moment)) == moment ? std::optional(moment) : std::nullopt;
}

std::optional<Clock> read_clock(std::string_view text, Edge edge) {
  std::string const day = "2000-01-02T";
  std::string full = day + std::string(trimmed(text));
  auto const offset = offset_of(full);
  if (!offset) return std::nullopt;
  full.resize(full.size() - offset->second);
  if (full.size() == 16) full += ":00";
  if (full == day + "24:00:00") return Clock{24 * 60, offset->first};
  auto const at = parse_stix_time(full + "Z");
  auto const midnight = parse_stix_time(day + "00:00:00Z");
  if (!at || !midnight || *at < *midnight) return std::nullopt;
  int64_t const us = at->us - midnight->us, minute = minutes(1).us;
  int64_t const whole = edge == Edge::begins ? us / minute : (us + minute - 1) / minute;
  return whole > 24 * 60 ? std::nullopt : std::optional(Clock{whole, offset->first});
}

std::optional<model::SiteKind> read_kind(std::string_view word) {
  std::string plain = lower_case(trimmed(word));
  std::ranges::replace(plain, '_', ' ');
  std::ranges::replace(plain, '-', ' ');
  return found_in(kind_words, std::string_view(plain));
}

std::optional<Unit> read_unit(std::string_view word) {
  constexpr std::pair<std::string_view, Unit> words[] = {
      {"m", Unit::m},      {"metre", Unit::m},         {"metres", Unit::m},
      {"meters", Unit::m}, {"ft", Unit::ft},           {"feet", Unit::ft},
      {"foot", Unit::ft},  {"fl", Unit::flight_level}, {"", Unit::m}};
  return found_in(words, std::string_view(lower_case(trimmed(word))));
}

std::optional<Reference> read_reference(std::string_view word) {
  constexpr std::pair<std::string_view, Reference> words[] = {
      {"agl", Reference::agl},  {"sfc", Reference::agl}, {"gnd", Reference::agl},   {"amsl", Reference::amsl},
      {"msl", Reference::amsl}, {"w84", Reference::w84}, {"wgs84", Reference::w84}, {"hae", Reference::w84}};
  return found_in(words, std::string_view(lower_case(trimmed(word))));
}

std::optional<Altitude> read_altitude(std::string_view text) {
  std::string const all = lower_case(trimmed(text));
  std::string_view rest = all;
  if (rest == "gnd" || rest == "sfc") return Altitude{0, Unit::m, Reference::agl};
  if (rest.starts_with("fl")) {
    auto const level = read_number(rest.substr(2));
    return level ? std::optional(Altitude{*level, Unit::flight_level, Reference::amsl}) : std::nullopt;
  }
  size_t digits = 0;
  while (digits < rest.size() && (is_digit(rest[digits]) || rest[digits] == '.' || rest[digits] == '-'))
    ++digits;
  auto const value = read_number(rest.substr(0, digits));
  rest = trimmed(rest.substr(digits));
  size_t unit_end = 0;
  while (unit_end < rest.size() && !is_blank(rest[unit_end])) ++unit_end;
  auto unit = read_unit(rest.substr(0, unit_end));
  if (unit && unit_end > 0) rest.remove_prefix(unit_end);
  if (!unit) unit = Unit::m;  // the word is the reference then
  auto const reference = read_reference(rest);
  if (!value || !reference || *unit == Unit::flight_level) return std::nullopt;
  return Altitude{*value, *unit, *reference};
}

}  // namespace comity::places
