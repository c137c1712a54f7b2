// Where an intent is, as its operator reported it (model/telemetry.h): to its own office, and while it is Nonconforming or Contingent to who
// has details of it by a clause (state/shown_airspace.h). Natively and as F3548 has it (f3548-fields 1.8).
//
// F3548 has one altitude, and classes of accuracy: the middle of what was said, and the best class that is not better than it, which holds the
// rest. Thread rule: told.h.
#pragma once

#include <expected>

#include "release/eyes.h"
#include "release/references.h"
#include "release/told.h"

namespace comity::release {

// Members of an intent's row: `telemetry`, `strayed_at`; what is not there is not.
void put_telemetry(json::Object& out, state::Intent const& intent);
// Whether others who have its details are told where it is.
bool is_told_to_others(state::Intent const& intent);

enum class NoTelemetry : uint8_t {
  absent = 1,  // there is no such intent for the reader, or another system has it
  conforms,    // it is neither Nonconforming nor Contingent
  unsaid       // nothing was reported
};
// {operational_intent_id, telemetry, next_telemetry_opportunity?} of what the centre's own system manages.
std::expected<Told, NoTelemetry> tell_telemetry(Eyes const& eyes, model::EntityId id);

}  // namespace comity::release
