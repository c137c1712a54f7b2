// Taking parts out of a JSON value without moving the others until the end. Inside this room only.
//
// What is taken out becomes a gap and keeps its place, so that selectors by number go on meaning what they meant; close()
// then removes the gaps, and with them every list and object that had nothing else in it. A gap is a number that is
// none (NaN): json::parse makes no such value. Thread-safe: no state.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "json/json.h"
#include "stix/selectors.h"

namespace comity::release {

json::Value gap();
bool is_gap(json::Value const& value);

// The value at the end of the steps; null if there is none, or a gap on the way.
json::Value* at(json::Object& object, std::span<stix::Step const> steps);

// Makes a gap of every list and object in which only gaps are left. What was empty before stays.
void widen_gaps(json::Value& value);

// The selector that will mean, once the gaps are closed, what this one means now; none if that will be gone.
std::optional<std::string> selector_after(json::Object& object, std::string_view selector);

void close_gaps(json::Value& value);

}  // namespace comity::release
