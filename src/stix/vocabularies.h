// The vocabularies of STIX 2.1 (section 10): which words a property may hold, or should.
//
// A name that ends in `-enum` is closed: another word breaks a MUST. One that ends in `-ov` is open: another word is
// allowed, and other parties' tools may not know it. Thread-safe, no state.
#pragma once

#include <span>
#include <string_view>

namespace comity::stix {

// Sorted. Empty for an unknown vocabulary.
std::span<std::string_view const> vocabulary(std::string_view name);

bool is_word_of(std::string_view vocabulary_name, std::string_view word);

// Whether the table of relationships (section 3.4 and the tables of each type) has this one. Those that hold between any
// two objects are in it.
bool is_known_relationship(std::string_view source_type, std::string_view relationship,
                           std::string_view target_type);

}  // namespace comity::stix
