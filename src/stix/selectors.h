// Selectors of granular markings: `name`, `labels.[1]`, `extensions.ntfs-ext.sid`.
//
// A selector is a path of steps between points; `[n]` is the element of a list, anything else the member of an object.
// A member whose own name holds a point cannot be selected. Whether a selector has the form of the standard matters
// less than whether it means something in this object: both checker and masker go by the steps.
// Source: STIX 2.1 section 7.2.3. Thread-safe, no state.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "json/json.h"

namespace comity::stix {

struct Step {
  std::string_view name;        // of a member, or the whole step as written
  std::optional<size_t> index;  // of an element
};

// Nothing if the text has an empty step, or begins with an index.
std::optional<std::vector<Step>> steps_of(std::string_view selector);

// What the steps lead to; null if nothing.
json::Value const* value_at(json::Object const& object, std::span<Step const> steps);

// The indices of those selectors that select nothing in `object`, ascending. One walk through the object, however many
// selectors there are.
std::vector<size_t> selecting_nothing(json::Object const& object,
                                      std::span<std::string_view const> selectors);

}  // namespace comity::stix
