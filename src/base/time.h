// Log time and durations: int64 microseconds, UTC, without leap seconds.
//
// The machine reads no clock: a time enters it inside a command. Windows are half-open, [start, end). The canonical
// text is `YYYY-MM-DDTHH:MM:SS.ffffffZ` (15-forms); STIX timestamps, which have any number of fraction digits, are read
// by parse_stix, which rounds toward the past and compares by value. Years 0001 to 9999. Durations are the subset of
// ISO 8601 that has no calendar in it: P[nD][T[nH][nM][nS]].
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace comity {

struct Duration {
  int64_t us = 0;
  auto operator<=>(Duration const&) const = default;
};

constexpr Duration microseconds(int64_t n) { return {n}; }
constexpr Duration milliseconds(int64_t n) { return {n * 1'000}; }
constexpr Duration seconds(int64_t n) { return {n * 1'000'000}; }
constexpr Duration minutes(int64_t n) { return seconds(n * 60); }
constexpr Duration hours(int64_t n) { return minutes(n * 60); }
constexpr Duration days(int64_t n) { return hours(n * 24); }

struct UtcTime {
  int64_t us = 0;  // since 1970-01-01T00:00:00Z
  auto operator<=>(UtcTime const&) const = default;
};

// Later than every time that can be written down.
constexpr UtcTime never{INT64_MAX};

constexpr UtcTime operator+(UtcTime t, Duration d) { return t == never ? never : UtcTime{t.us + d.us}; }
constexpr UtcTime operator-(UtcTime t, Duration d) { return UtcTime{t.us - d.us}; }
constexpr Duration operator-(UtcTime a, UtcTime b) { return Duration{a.us - b.us}; }

// YYYY-MM-DDTHH:MM:SS.ffffffZ, always six digits.
std::string to_text(UtcTime time);
// The canonical form only.
std::optional<UtcTime> parse_time(std::string_view text);
// RFC 3339 with `Z` and any number of fraction digits, as STIX writes it; more than six digits are cut.
std::optional<UtcTime> parse_stix_time(std::string_view text);

std::string to_text(Duration duration);
std::optional<Duration> parse_duration(std::string_view text);

}  // namespace comity
