// What a person types of the airspace, read exactly: positions, altitudes, lengths and times, and the numbers of a file. No floats.
//
// A decimal has any number of digits after its point and may have an exponent, as in JSON; it is rounded as it is asked for, and a
// third of a foot is what it is. A position is "LAT LNG" in decimal degrees, with a sign or with N, S, E, W behind the number
// ("34.5 -118.25", "34.5N 118.25W"); to the nearest 1e-7 degree, which is half of 11 millimetres. An altitude is a number and a unit,
// `m` or `ft`, or a flight level ("FL240"), and may end in its reference ("6000 ft AMSL"); GND and UNL stand alone. A time is UTC:
// "2026-03-01T12:00Z", with seconds and fractions if need be, "now", or a duration from now on ("+PT90M").
//
// Errors are bad_input and say what would be right. Thread-safe: no state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "json/json.h"
#include "model/agreement.h"

namespace comity::cli {

enum class Rounding : uint8_t { nearest, down, up };  // half away from zero; toward minus and plus infinity

// `text` times ten to `power`, as a whole number; none if it is no number or beyond 2^53-1.
std::optional<int64_t> scaled_decimal(std::string_view text, int power, Rounding rounding);

// One coordinate of a position in 1e-7 degree; `most` degrees on either side of 0.
std::optional<int32_t> coordinate_e7(std::string_view text, int most);

Result<model::Point> read_position(std::string_view text);
// "LAT LNG, LAT LNG, …", parted by commas or semicolons; the first place is not said again.
Result<std::vector<model::Point>> read_positions(std::string_view text);

enum class Side : uint8_t { low, high };
// As the form of /commands has it; a part of a unit is rounded outward.
Result<json::Value> read_altitude(std::string_view text, Side side);
// The same for millimetres above the ellipsoid, as they are told: in metres, or the feet that were filed, else outward.
json::Value altitude_of_mm(int64_t mm, Side side);

// "500 m", "0.5 km", "2 NM": whole metres, up.
Result<int64_t> read_length_m(std::string_view text);

// In the canonical form.
Result<std::string> read_moment(std::string_view text, UtcTime now);

}  // namespace comity::cli
