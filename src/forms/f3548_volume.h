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

// A volume as the standard's ecosystem compares it, and as it was filed: its geodesic edges as straight ones (earth/edges.h), a circle
// as the polygon around it (earth/circle.h); without a ring where that was not asked for.
struct Volume {
  model::Hull hull;
  model::Extent extent;
};
struct Volumes {
  model::Hull hull;  // all together; every bound that one of them lacks is open (G7)
  std::vector<model::Extent> extents;
};
// `too_large`: the status of G4.
F3548<Volumes> read_extents(json::Value const* extents, int too_large, Footprints footprints);
F3548<Volume> read_volume(json::Value const* volume, int too_large, Footprints footprints);

// RFC 3339, with whatever offset; G8.
std::optional<UtcTime> parse_rfc3339(std::string_view text);

}  // namespace comity::forms
