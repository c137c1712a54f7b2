// Small texts of files that people and programs write: numbers, times, words.
//
// read_number() takes a decimal number with a point, and nothing around it but blanks; never infinite. read_moment() takes RFC 3339
// with `Z` or an offset, any number of fraction digits; or a date alone, which is its first moment, or for the end of something the
// last moment of that day in UTC, so that what is protected until a day is protected on it. A time without an offset is none: whose
// it is would be guessed. Each gives nothing for what it does not take. Thread-safe: no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "model/conflict.h"
#include "places/draft.h"

namespace comity::places {

std::string_view trimmed(std::string_view text);
std::string lower_case(std::string_view text);  // of ASCII; the rest stays
bool is_utf8(std::string_view text);
std::string_view without_mark(std::string_view text);  // of byte order

std::optional<double> read_number(std::string_view text);

enum class Edge : uint8_t { begins, ends };
std::optional<UtcTime> read_moment(std::string_view text, Edge edge);

// A time of day of a schedule, `08:00Z`, `08:00:00.00Z`, `08:00+02:00`: minutes after the local midnight and how far local clocks are
// ahead of UTC. Seconds go outward: what begins, begins with its minute, what ends, ends with it; 24:00 is the last.
struct Clock {
  int64_t minutes = 0, offset_minutes = 0;
};
std::optional<Clock> read_clock(std::string_view text, Edge edge);

// The project's own words, and those of usual lists (clinic, idp, mosque, …), in any case.
std::optional<model::SiteKind> read_kind(std::string_view word);

std::optional<Unit> read_unit(std::string_view word);
std::optional<Reference> read_reference(std::string_view word);
// `120 m AGL`, `FL95`, `400ft AMSL`, `GND`: a number, then unit and reference where they are said; metres otherwise. Without a
// reference there is nothing: above what it is would be guessed.
std::optional<Altitude> read_altitude(std::string_view text);

}  // namespace comity::places
