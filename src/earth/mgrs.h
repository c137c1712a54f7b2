// Squares of the Military Grid Reference System. Inside this room: coordinates.h.
//
// Of a square the middle is taken, and half its diagonal on the ground with a hundredth more, which is what the map's scale may differ from
// one. Errors: bad_input. Pure; any thread.
#pragma once

#include <string_view>

#include "earth/coordinates.h"

namespace comity::earth {

// Digits, then three letters, as no other spelling has them.
bool looks_like_mgrs(std::string_view text);
Result<TypedPlace> read_mgrs(std::string_view text);

}  // namespace comity::earth
