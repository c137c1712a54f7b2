// What the readers of native filings share: ids, OVNs, and the cells that a volume lies in (command_airspace.cc, command_telemetry.cc).
// Inside this room only.
//
// Cells are worked out here, in floats, and are facts of the command from there on. Thread-safe: no state.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "codec/codec.h"
#include "forms/command_parts.h"
#include "forms/volumes.h"

namespace comity::forms {

void take_id(Members& members, model::EntityId& out);
// `at`: which state of it is changed.
std::optional<model::SeenOvn> read_ovn_of(Place const& place);
// The same command sent again asks for the same OVN, and is the same command.
model::Ovn ovn_for(Reading const& reading);

// Of a circle that is larger than a polygon may be (G4), the cap around it, as the standard has circles (G5).
Result<std::vector<model::Cell>> cells_of(model::Extent const& extent,
                                          std::optional<model::Point> const& centre);

// What the standard's ecosystem compares, and that it has the bounds that it must have.
enum class Bounded : uint8_t { wholly, in_time };
model::Hull hull_of(Place const& place, Volumes const& volumes, Bounded bounded);

template <class Command>
void finish(Reading& reading, Command const& command) {
  reading.out.command.body = codec::encode(command);
}

// command_telemetry.cc
void read_report_telemetry(Reading& reading);

}  // namespace comity::forms
