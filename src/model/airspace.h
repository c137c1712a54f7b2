// The nouns of the airspace (40-deconfliction, ASTM F3548-21): intents, zones that are constraints, subscriptions, and the volumes
// they fill, in the machine's integers.
//
// Two descriptions of where something is, side by side:
//   Hull    what the standard's ecosystem compares (f3548-rules G6, G7): the level-13 S2 cells that all extents touch, one interval
//           of altitude, one of time. A missing bound is the end of its type. Cells are worked out at the door, by floats, and
//           are facts of the command from there on; the machine compares numbers.
//   Extent  one volume as it was filed: a polygon, an interval of altitude, one of time. Only geometry/ compares these.
//
// Units: coordinates in 1e-7 degree of WGS84, longitude first; altitudes in millimetres above the ellipsoid; times in
// microseconds. Intervals are closed: what touches, overlaps (G9).
//
// Plain structs, no rules. Thread rule: as any value.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "model/agreement.h"

namespace comity::model {

// A UUID of version 4 that its client chose (I1); its text is lower-case with dashes.
struct EntityId {
  std::array<uint8_t, 16> octets{};
  auto operator<=>(EntityId const&) const = default;
  auto fields(this auto& self) { return std::tie(self.octets); }
};
std::string text_of(EntityId const& id);
// Any UUID, of whatever version, in any case; none for other text.
std::optional<EntityId> read_uuid(std::string_view text);
// I1: version 4 and the variant of RFC 4122.
std::optional<EntityId> read_entity_id(std::string_view text);

// An OVN (I3, I4): minted by the centre, or the entity's id with the suffix that its client asked for. `upper` says which
// letters of that suffix the client wrote as capitals, since it is given back as it came.
struct Ovn {
  enum class Kind : uint8_t { none = 0, minted, suffixed };
  Kind kind = Kind::none;
  std::array<uint8_t, 16> octets{};
  uint32_t upper = 0;  // bit n: the n-th hexadecimal digit
  bool operator==(Ovn const&) const = default;
  auto fields(this auto& self) { return std::tie(self.kind, self.octets, self.upper); }
};
// 32 hexadecimal digits, or the two ids with `_` between them.
std::string text_of(EntityId const& entity, Ovn const& ovn);
// Which suffix a client asks for (I4): any UUID, told apart by the letters it is written in.
std::optional<Ovn> read_suffix(std::string_view text);
// When a UUID of version 7 was made (RFC 9562); none of another version.
std::optional<UtcTime> time_of_v7(std::array<uint8_t, 16> const& uuid);

// An OVN as somebody shows it in a key or a path. `entity` is that of a suffixed one, else all zeros. What has the form of no OVN
// of this centre is not one, and says so by being none.
struct SeenOvn {
  EntityId entity;
  std::array<uint8_t, 16> octets{};
  auto operator<=>(SeenOvn const&) const = default;
  auto fields(this auto& self) { return std::tie(self.entity, self.octets); }
};
std::optional<SeenOvn> read_ovn(std::string_view text);
SeenOvn seen(EntityId const& entity, Ovn const& ovn);

// An S2 cell of level 13: the upper 32 bits of its id, whose lower ones are the same for all.
using Cell = uint32_t;

inline constexpr int32_t lowest_mm = INT32_MIN, highest_mm = INT32_MAX;  // no bound
inline constexpr UtcTime earliest{INT64_MIN}, latest{INT64_MAX};         // no bound

struct Hull {
  std::vector<Cell> cells;  // sorted, each once
  UtcTime from = earliest, until = latest;
  int32_t low_mm = lowest_mm, high_mm = highest_mm;
  bool operator==(Hull const&) const = default;
  auto fields(this auto& self) {
    return std::tie(self.cells, self.from, self.until, self.low_mm, self.high_mm);
  }
};

// One volume as filed. `ring` is a simple polygon, implicitly closed, no vertex twice, either winding, the smaller side inside;
// each edge goes the shorter way round in longitude and is straight in (longitude, latitude).
struct Extent {
  std::vector<Point> ring;
  int32_t low_mm = lowest_mm, high_mm = highest_mm;
  UtcTime from = earliest, until = latest;
  bool operator==(Extent const&) const = default;
  auto fields(this auto& self) {
    return std::tie(self.ring, self.low_mm, self.high_mm, self.from, self.until);
  }
};

enum class IntentState : uint8_t { accepted = 1, activated, nonconforming, contingent };
// What a movement on the ground has of way-points and windows is made into volumes where it is filed.
enum class IntentKind : uint8_t { flight = 1, movement };
enum class Availability : uint8_t { unknown = 0, normal, down };

// Whom the author of a change has to tell (U10): subscriptions by the base URL that they name, each with its new index.
struct NotifiedSubscription {
  EntityId id;
  OfficeKey office;  // whose it is
  int32_t index = 0;
  auto fields(this auto& self) { return std::tie(self.id, self.office, self.index); }
};
struct Notified {
  std::string url;
  std::vector<NotifiedSubscription> subscriptions;
  auto fields(this auto& self) { return std::tie(self.url, self.subscriptions); }
};

// An entity whose OVN a key lacks (U8). By id, since keys of the machine are used again.
struct EntityName {
  OfficeKey office;  // whose id it is
  EntityId id;
  auto operator<=>(EntityName const&) const = default;
  auto fields(this auto& self) { return std::tie(self.office, self.id); }
};

}  // namespace comity::model
