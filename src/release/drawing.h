// What the outward forms for maps draw of a list that was told (told_conflicts.h): its rows, and the volumes of each. Inside this room
// only.
//
// It reads what stands in a Told and nothing else, so a map can show nothing that the JSON of the same list does not say. Rows are
// those of intents, sites, conflicts and notices; a member that is new there becomes a property by itself. A row may have no volume: a
// notice that is closed. Thread-safe: values.
#pragma once

#include <optional>
#include <vector>

#include "geometry/map_rings.h"
#include "json/json.h"

namespace comity::release {

// Volumes as the office filed them; what it shares with another side, on the clause's grid; what the other side filed, at `details`; where an
// intent may be beside what is filed.
enum class Drawn : uint8_t { filed, shared, of_other, off_nominal };

struct DrawnVolume {
  Drawn what = Drawn::filed;
  std::vector<geometry::MapRing> rings;
  std::optional<int64_t> low_mm, high_mm;
  std::string from, until;                  // canonical text; empty: no bound
  std::optional<model::Point> middle = {};  // of a box
};

std::vector<DrawnVolume> volumes_of(json::Object const& row);

// The row without its coordinates.
json::Object properties_of(json::Object const& row);

// Members of a row; what is absent or something else is empty.
std::string_view text_in(json::Object const& row, std::string_view name);
std::optional<int64_t> number_in(json::Object const& row, std::string_view name);
bool is_said(json::Object const& row, std::string_view name);  // true

}  // namespace comity::release
