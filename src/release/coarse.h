// Making a granted value as coarse as it was granted. Inside this room only.
//
// The grant of a property reaches everything inside it. Places: where an object, at any depth, has `latitude` and
// `longitude`, both become the middle of their cell (grid.h); one without the other is taken out, since a place that is
// not known in full cannot be snapped. Times: every string that is a STIX timestamp and nothing else. Other numbers and
// texts are sent as they are: who grants them by name grants what they say (25-isolation A7). Thread-safe: no state.
#pragma once

#include <optional>
#include <string_view>

#include "json/json.h"
#include "model/item.h"

namespace comity::release {

// The place that an object says; none unless both coordinates are there and are numbers.
std::optional<model::Point> place_of(json::Object const& object);

json::Value degrees(int32_t e7);

bool is_coordinate(std::string_view name);
// One coordinate of an object, given less exactly than the other.
void coarsen_coordinate(json::Object& object, std::string_view name, uint32_t grid_m);

// The inside of one top-level property. Top-level coordinates are the business of masking.h.
void coarsen(json::Value& value, model::GrantedField const& grant);

}  // namespace comity::release
