// The object types of STIX 2.1 and what each of them cannot do without.
//
// One table, read by the door that checks an object (stix/) and by the release rule, which may send an edition only if
// every required property is still in it (25-isolation A4: a required property that is not granted withholds the
// object). What all objects have in common (type, id, spec_version, created, modified) is not listed: it is either
// always sent or replaced by the centre. A property that is required only for certain values (a malware's name when it
// is a family) is not listed either; stix/check.h knows those.
//
// A custom type is not in the table: it has no required properties and the class `unknown`.
// Source: STIX 2.1 sections 3 to 7 and the published schemas. Thread-safe; the answers live as long as the process.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::model {

enum class StixClass : uint8_t {
  unknown = 0,
  domain,        // SDO
  relationship,  // SRO
  observable,    // SCO: no versions of its own
  meta,          // marking definition, extension definition, language content
};

using Names = std::span<std::string_view const>;

StixClass stix_class(std::string_view type);

// Every type of the table, in alphabetical order.
Names stix_types();

// All of these must be present.
Names required_properties(std::string_view type);

// Of these sets at least one must be present as a whole; an empty list asks for nothing. A location, for instance, has
// a region, a country, or a latitude and a longitude.
std::span<Names const> required_alternatives(std::string_view type);

// Whether an object with exactly these top-level properties (sorted) has all that its type requires.
bool is_complete(std::string_view type, std::vector<std::string> const& properties);

// Whether the object is complete and would no longer be so without `property`. Of two alternatives neither is needed
// as long as both are there: ask is_complete again after anything was taken out.
bool is_needed(std::string_view type, std::vector<std::string> const& properties, std::string_view property);

}  // namespace comity::model
