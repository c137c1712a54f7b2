// What is exchanged: an item's facts and how a viewer is let have it.
//
// Doors read the STIX object and carry what rulings need as Facts inside the command; decide reads nothing else
// (15-forms 3). The bytes as posted are the payload, kept by the journal under an integer key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/time.h"
#include "model/agreement.h"

namespace comity::model {

// Where in an object an id stands, which decides what happens when the viewer may not have the target (25-isolation A5).
enum class ReferenceKind : uint8_t {
  required = 1,  // a single reference the type requires: the object is withheld
  optional,      // a single reference it does not: the property is dropped
  in_list,       // an element of a list that may become empty or absent: dropped
  in_must_list,  // an element of a list the type requires: dropped; withheld when none is left
  creator,       // created_by_ref: follows the clause's attribution
  marking,       // object_marking_refs or a granular marking: says who may have it, is not itself content
  in_text,       // inside some other string: read by the third-party rule only
  nested,        // below the top, and its part of the object can be without it: dropped
};

struct Reference {
  std::string id;
  ReferenceKind kind = ReferenceKind::in_text;
  std::string property;  // top-level property in which it stands
  auto operator<=>(Reference const&) const = default;
  auto fields(this auto& self) { return std::tie(self.id, self.kind, self.property); }
};

// A granular marking: what it selects, and the marking. `lang` granular markings restrict nothing and are left out.
struct GranularMarking {
  std::string marking;
  std::vector<std::string> selectors;
  auto fields(this auto& self) { return std::tie(self.marking, self.selectors); }
};

// Something in a property that is neither list nor object: gone when a selector that covers it is cut, or when it is an id
// and that is dropped. Half a place is gone from a property that is granted on a grid.
struct Leaf {
  std::string id;                      // empty: no id
  std::vector<std::string> selectors;  // sorted
  bool half = false;                   // one coordinate without the other, or in it
  std::vector<std::string> partners;   // sorted: selectors that cut the other coordinate and leave this one
  auto operator<=>(Leaf const&) const = default;
  auto fields(this auto& self) { return std::tie(self.id, self.selectors, self.half, self.partners); }
};

// A property that the type may need, and of which nothing is left when all its leaves are gone. Properties with a leaf that
// cannot go are not listed, and lists of references only if a granular marking reaches into them.
struct FrailProperty {
  std::string property;
  std::vector<Leaf> leaves;  // sorted, each kind once
  auto operator<=>(FrailProperty const&) const = default;
  auto fields(this auto& self) { return std::tie(self.property, self.leaves); }
};

// For an item that is itself a marking-definition: how far the centre understands it.
enum class MarkingKind : uint8_t { not_a_marking = 0, statement, other };

struct Facts {
  std::vector<Reference>
      references;  // every STIX id in any string at any depth, the object's own id left out
  std::vector<std::string> labels;
  std::vector<std::string> markings;  // object_marking_refs
  std::vector<GranularMarking> granular;
  std::optional<Point> location;  // of a location object with latitude and longitude
  std::optional<UtcTime> valid_from, valid_until;
  std::vector<std::string> properties;  // top-level property names present, sorted
  MarkingKind marking_kind = MarkingKind::not_a_marking;
  std::string creator;               // created_by_ref
  std::vector<FrailProperty> frail;  // sorted by property
  bool permissive = false;           // it breaks a MUST of STIX and was let in all the same (stix/judging.h)

  auto fields(this auto& self) {
    return std::tie(self.references, self.labels, self.markings, self.granular, self.location,
                    self.valid_from, self.valid_until, self.properties, self.marking_kind, self.creator,
                    self.frail, self.permissive);
  }
};

// HMAC-SHA-256 under the centre's comparison key (25-isolation A1, E2): of the bytes, of their RFC 8785 form, and of
// that form without what a copier would change (15-forms 3). Never bare, so they may outlive the payload.
struct Comparisons {
  Digest bytes, canonical, substance;
  auto fields(this auto& self) { return std::tie(self.bytes, self.canonical, self.substance); }
};

struct ItemHead {
  std::string type;  // `indicator`
  std::string id;    // `indicator--…`
  // The STIX `modified` (or `created`) as posted; empty for an object that has neither: then the machine numbers the
  // versions of its originator itself.
  std::string version;
  Comparisons compare;
  uint64_t size = 0;  // of the payload, octets
  auto fields(this auto& self) { return std::tie(self.type, self.id, self.version, self.compare, self.size); }
};

// --- Editions ------------------------------------------------------------------------------------------------------------

struct GrantedField {
  std::string name;  // of a top-level property, or a selector below one: a part that is given less exactly
  uint32_t location_grid_m = 0, time_round_s = 0;  // 0: exact
  auto operator<=>(GrantedField const&) const = default;
  auto fields(this auto& self) { return std::tie(self.name, self.location_grid_m, self.time_round_s); }
};

// In what form a viewer may have an item: the answer of `disclosure` and what release/ makes an edition from. Equal
// forms of one item give equal bytes to one viewer (but for its release times).
struct EditionForm {
  bool all_fields = true;
  std::vector<GrantedField> granted;    // sorted by name; when all_fields, only what is not given exactly
  std::vector<std::string> prohibited;  // top-level properties taken out by a prohibition; sorted
  std::vector<std::string> cut;         // selectors of granular markings that forbid; sorted
  std::vector<std::string> dropped;     // ids of references the viewer may not have; sorted
  std::vector<std::string> renamed;     // ids of references the viewer knows under an id of its own; sorted
  Attribution attribution = Attribution::named;
  bool own_id = false;  // the viewer knows the STIX id from another originator (25-isolation G2)

  bool is_whole() const {
    return all_fields && granted.empty() && prohibited.empty() && cut.empty() && dropped.empty() &&
           renamed.empty() && !own_id && attribution == Attribution::named;
  }
  auto operator<=>(EditionForm const&) const = default;
  auto fields(this auto& self) {
    return std::tie(self.all_fields, self.granted, self.prohibited, self.cut, self.dropped, self.renamed,
                    self.attribution, self.own_id);
  }
};

}  // namespace comity::model
