// What the properties of STIX 2.1 hold: one row for each property of each type, read by check_shapes.cc and facts.h.
//
// A row with an empty type holds for every object. Types that only stand inside others (a kill chain phase, the
// extensions that the standard itself defines) have rows of their own, and a property that holds one names it. A row says
// the form of the value, and where the form needs one, the vocabulary or the type that stands behind it (`of`).
//
// Not in the table: type and id (check.cc), references (their names say what they are, their targets are in types.h), and
// what is in no table is a custom property, of any form.
// Sources: STIX 2.1 sections 2 to 7 and 10; where the published schemas are stricter than the text, the text.
// Thread-safe, no state.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

namespace comity::stix {

enum class Shape : uint8_t {
  text,
  boolean,
  integer,
  count,  // an integer not below 0
  number,
  timestamp,
  texts,       // a list of strings
  object,      // any object
  objects,     // a list of objects
  dictionary,  // an object, its names in the standard's letters, never empty
  embedded,    // an object of the type `of`
  embeddeds,   // a list of them
  one_of,      // a string of the closed vocabulary `of`
  some_of,     // a list of such strings
  word,        // a string that should be of the open vocabulary `of`
  words,       // a list of such strings
  form,        // a string of the form `of`: values.h
  forms,       // a list of such strings
  text_map,    // an object whose values are strings
  tag_map,     // an object whose values are strings or integers
  list_map,    // an object whose values are lists of strings
  number_map,  // an object whose values are integers
  hashes,
  extensions,
  contents,  // of language content
};

struct PropertyRow {
  std::string_view type, property;
  Shape shape;
  std::string_view of = {};
};

// How the tables stand, so that they can be searched.
constexpr bool is_sorted(std::span<PropertyRow const> rows) {
  return std::ranges::is_sorted(rows, [](PropertyRow const& a, PropertyRow const& b) {
    return a.type != b.type ? a.type < b.type : a.property < b.property;
  });
}
std::span<PropertyRow const> observed_rows();

// Those of one type; of the empty one: those that every object may have. Empty for a type of no row.
std::span<PropertyRow const> property_rows(std::string_view type);

// The rows of one type, looked up once for all properties of an object.
class Properties {
 public:
  explicit Properties(std::string_view type);
  // Of the type itself, else what every object may have; null for a custom property.
  PropertyRow const* find(std::string_view property) const;
  PropertyRow const* find_own(std::string_view property) const;

 private:
  std::span<PropertyRow const> own_, common_;
};

// What an embedded type cannot do without: names separated by spaces; and of the alternatives, sets of names separated by
// `|`, at least one. Empty for a type that is no embedded one.
struct EmbeddedRow {
  std::string_view type, required, any_of;
};
EmbeddedRow embedded_row(std::string_view type);

// Whether the standard defines this extension (a name that ends in `-ext`) for objects of this type.
bool is_extension_of(std::string_view type, std::string_view extension);

}  // namespace comity::stix
