// Volumes of F3548 as clients write them (f3548-fields 1.2): to hulls (f3548-rules 4). Inside this room.
//
// Errors: F3548Fault with the status that G1 to G8 name. Pure.
#pragma once

#include <vector>

#include "forms/f3548.h"
#include "json/json.h"

namespace comity::forms {

inline std::unexpected<F3548Fault> bad(std::string message, int status = 400) {
  return std::unexpected(F3548Fault{status, std::move(message)});
}

// A member that is there and not null.
json::Value const* member(json::Object const& object, std::string_view name);

// All extents together; every bound that one of them lacks is open (G7). `too_large`: the status of G4.
F3548<model::Hull> read_extents(json::Value const* extents, int too_large);
F3548<model::Hull> read_volume(json::Value const* volume, int too_large);

// RFC 3339, with whatever offset; G8.
std::optional<UtcTime> parse_rfc3339(std::string_view text);

}  // namespace comity::forms
