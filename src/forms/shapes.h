// The shapes of names and lists that the forms share. What a name means is looked up elsewhere; here is only whether it
// could be one. Lists keep their places: an element that was refused stays as an empty string, so that an index into
// the list is an index into the JSON. Inside this room only. Thread-safe: no state.
#pragma once

#include <string>
#include <vector>

#include "forms/reader.h"
#include "model/agreement.h"

namespace comity::forms {

// A test of one string's shape, and what it must be, for the reason.
struct Shape {
  bool (*fits)(std::string_view);
  std::string_view must_be;
};

extern Shape const party_name;        // ru
extern Shape const office_name;       // ru/general-staff
extern Shape const party_or_office;   // either
extern Shape const agreement_name;    // ru.baghdad-centre
extern Shape const clause_name;       // share-locations
extern Shape const template_version;  // joint-information-centre/1
extern Shape const heading;           // one line for people
extern Shape const origin;            // of the centre: fire.example.org/comity, fire.example.org/comity/e1
extern Shape const stix_type;         // threat-actor
extern Shape const stix_id;           // identity--…
extern Shape const marking_id;        // marking-definition--…
extern Shape const stix_property;     // created_by_ref
extern Shape const label;             // isil
extern Shape const key_name;          // ed25519:0123456789abcdef

// The string, if it has the shape; else empty, and a problem.
std::string read_shaped(Place const& place, Shape const& shape);
void take_shaped(Members& members, std::string_view key, Shape const& shape, std::string& out);

// A list of different strings of one shape.
enum class Emptiness : uint8_t { refused, allowed };
std::vector<std::string> read_strings(Place const& place, Shape const& shape, size_t most,
                                      Emptiness emptiness);

std::vector<model::Who> read_names(Place const& place, Shape const& shape, Emptiness emptiness);

}  // namespace comity::forms
