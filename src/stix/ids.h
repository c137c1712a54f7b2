// STIX ids: `type--UUID`.
//
// is_stix_id() is strict: lower case, a type of 3 to 250 of [a-z0-9-] without a hyphen at either end or two in a row, a
// UUID of RFC 4122's variant in any version that has been defined. Only such an id names an object here.
//
// find_ids() is generous, because it serves the third-party rule (25-isolation A14): an id glued to other words, in
// capitals, or with a UUID of no known version is still somebody's id. What it finds is in lower case. It takes the
// longest run of letters, digits and single hyphens before `--` for the type; if that is no type of STIX but ends with
// one (`seeindicator--…`), the shorter reading is reported too. What follows the UUID is of no matter. An id that is
// encoded or cut in two is not found: that is declared, not prevented.
// Source: STIX 2.1 section 2.9. Thread-safe, no state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace comity::stix {

bool is_type_name(std::string_view text);
bool is_stix_id(std::string_view text);

// The part before `--`; empty if there is none.
std::string_view type_of_id(std::string_view id);

// Appends every id in `text`, in the order in which they stand, repeated ones too.
void find_ids(std::string_view text, std::vector<std::string>& out);

// Whether the standard derives the ids of this type from the object's content, so that two parties who saw the same
// thing make the same id (25-isolation A13).
bool is_deterministic_sco(std::string_view type);

}  // namespace comity::stix
