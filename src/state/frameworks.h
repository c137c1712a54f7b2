// Published frameworks that the host has loaded (25-isolation A13): objects that are nobody's item and that every office may
// have, such as those of MITRE ATT&CK.
//
// Two officers allow a framework by the root of a hash tree over its objects, and so say every octet of it; what one officer
// loads then is what they meant. An object is known by its id and the time of its version.
//
//   A new bundle      is another root under the same name. Its objects are added as they are loaded. Nothing that was loaded
//                     leaves because a later bundle lacks it: it is referred to by what was given before, and who has it
//                     goes on having it.
//   The end           of a framework takes all its objects out of the set at once. Their ids are items' ids again and
//                     nothing else. Allowed again, it begins anew: what is loaded then is added anew.
//   Several at once   may have one version of one object, as MITRE's have; it is served once, through the one that loaded it
//                     first and has not ended.
//
// Objects are only ever added and never move, so a place in the reference set stays what it is; one that has ended is
// passed over. `parties` and `date_added` say where an object stands among the identities of parties, which are in the
// set too (release/reference_set.h).
//
// Cost: by id, by type and by digest a look into a hash table, which is never iterated. Thread rule: as for state.h.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/time.h"
#include "model/item.h"
#include "model/party.h"

namespace comity::state {

struct Framework {
  std::string name, title;
  Digest root;                   // of the bundle that is allowed now
  uint32_t objects = 0;          // of that bundle; 0: it has ended
  std::vector<uint32_t> loaded;  // of every bundle: numbers in Frameworks::objects, ascending
  Index ended = 0;               // of the record that ended it
  bool has_ended() const { return objects == 0; }
  auto fields(this auto& self) {
    return std::tie(self.name, self.title, self.root, self.objects, self.loaded, self.ended);
  }
};

struct FrameworkObject {
  uint32_t framework = 0;  // number in Frameworks::all
  std::string type, id;
  std::string version;   // as the object says it; empty if it has none
  UtcTime version_time;  // of an object without a version, when it was loaded
  model::Comparisons compare;
  model::MarkingKind marking_kind = model::MarkingKind::not_a_marking;
  PayloadKey payload = 0;
  uint64_t size = 0;                 // of the payload, octets
  Index index = 0;                   // of the record that loaded it
  uint32_t parties = 0;              // that there were then
  UtcTime date_added;                // unique and ascending in the reference set
  bool permissive = false;           // it breaks a MUST of STIX and was let in all the same (stix/judging.h)
  std::string spec_version = "2.1";  // as the object says it
  auto fields(this auto& self) {
    return std::tie(self.framework, self.type, self.id, self.version, self.version_time, self.compare,
                    self.marking_kind, self.payload, self.size, self.index, self.parties, self.date_added,
                    self.permissive, self.spec_version);
  }
};

// When the identity of a party was added to the reference set, `last` being the date of the entry before it: unique and
// ascending (R31). Of a party that is not listed, `last`: it is not in the set.
UtcTime reference_date(UtcTime last, model::Party const& party);

struct Frameworks {
  std::vector<Framework> all;  // in the order in which they were allowed first
  std::deque<FrameworkObject> objects;

  bool is_empty() const { return objects.empty(); }
  // The one that has this name and has not ended.
  std::optional<uint32_t> find(std::string_view name) const;
  bool is_live(uint32_t object) const { return !all[objects[object].framework].has_ended(); }
  // Live, and no other framework has the same version, loaded before.
  bool is_served(uint32_t object) const;
  // All that were ever loaded under the id, in order.
  std::vector<uint32_t> const& with_id(std::string_view id) const;
  std::vector<uint32_t> const& with_type(std::string_view type) const;
  // The same of a digest of the bytes, of their RFC 8785 form, or of the substance.
  std::vector<uint32_t> const& with_digest(Digest const& digest) const;
  // Whether the id, or the content, is nobody's: that of a live object.
  bool has(std::string_view id) const;
  bool has_digest(Digest const& digest) const;
  // What a marking definition is that a live object gives under this id: of several versions the strictest (A19). None if
  // there is none.
  std::optional<model::MarkingKind> marking(std::string_view id) const;
  // Whether the framework has this version, live or not.
  bool has_version(uint32_t framework, std::string_view id, std::string_view version) const;

  // --- changes, called from apply only ---
  // No objects: it ends.
  void allow(std::string const& name, std::string const& title, Digest const& root, uint32_t objects,
             Index at = 0);
  void load(FrameworkObject object);
  void rebuild_indexes();

  auto fields(this auto& self) { return std::tie(self.all, self.objects); }

 private:
  struct TextHash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  void index_object(uint32_t number);

  std::unordered_map<std::string, std::vector<uint32_t>, TextHash, std::equal_to<>> by_id_,  // never iterated
      by_type_;
  std::unordered_map<Digest, std::vector<uint32_t>, DigestHash> by_digest_;  // never iterated
};

}  // namespace comity::state
