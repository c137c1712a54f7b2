// A place as people type it (40-deconfliction, "coordinates in DD, DMS, MGRS").
//
//   degrees                  41.3200N 26.1000E    N41.32 E26.1    26.1°E, 41.32°N
//   degrees, minutes         41°19.2'N 26°06'E    41 19.2 N 26 06 E    4119.2N02606E
//   degrees, minutes, seconds  41°19'12"N 26°06′00.5″E    41 19 12 N, 26 6 0 E    411912N 0260600E
//   MGRS                     35T MF 1234 5678    35TMF12345678    (UTM and UPS; one to five digits each way)
//
// Every coordinate has its letter, N, S, E or W, before its number or behind it, both alike; so either may come first and none is taken
// for the other. Two may be parted by a blank, a comma, a semicolon or a slash. Degrees, minutes and seconds bear the marks of typewriters and of
// printers, or blanks, or nothing: then they have two digits each, the degrees of a longitude three. Only the last has a fraction, behind a point.
//
// Refused rather than guessed (bad_input, with what would be right): numbers without letters, signs, a decimal comma, two latitudes,
// minutes of sixty, digits of which one is missing, what lies beyond a pole.
//
// The place is rounded to 1e-7 degree. `uncertainty_mm` is how far what was meant may lie from it: of degrees the rounding, of a square of MGRS,
// whose middle the place is, half its diagonal. Coarser than 10 km is no place. Pure; any thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "model/agreement.h"

namespace comity::earth {

struct TypedPlace {
  model::Point point;
  int64_t uncertainty_mm = 0;
};

// Of at most limits::place_bytes.
Result<TypedPlace> read_place(std::string_view text);

}  // namespace comity::earth
