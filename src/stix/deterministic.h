// The ids that STIX 2.1 makes from an observable's content (section 2.9): UUIDv5, in the namespace of the standard, of the
// canonical text (RFC 8785) of those properties that say what is observed. Two parties who see one address make one id.
//
// Of `hashes` one digest counts: the first of MD5, SHA-1, SHA-256, SHA-512 that is there, else the first by name.
// The text of the standard and the vectors of its examples decide; a good id made elsewhere by other rules is only a
// difference (check_words.cc warns). Thread-safe, no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/json.h"

namespace comity::stix {

// None if the type makes no such ids (a process, a type of somebody's own) or none of the properties is there.
std::optional<std::string> deterministic_id(std::string_view type, json::Object const& object);

}  // namespace comity::stix
