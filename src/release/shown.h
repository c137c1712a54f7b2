// Shown: one item as one viewer may have it now, by the names the viewer knows it by.
//
// Having one is the permission to make its bytes (edition.h) and to write its id, version and date (compose.h). Only
// show() and pages (feed.h) make one, and only from an answer of `disclosure` that gave the item, or of the reference set. It copies
// what it needs out of the state, so bytes can be read and made after the lock is gone; it carries the epoch of the law
// it was decided under, and what is made from it carries that too (25-isolation G6).
//
// Which id and version (20-release, R35, A6):
//   whole     the STIX id and version as posted; of an object without versions, when it was shown to this viewer
//   edition   an id of the viewer party's own (ids.h), and the time at which this form was shown to this viewer
// An office's own items are whole; the versions of an unversioned object of its own are the times of their contribution, and
// of one that it passed on, when the office was first shown it.
//
// derived_from is the id under which the viewer has had something that this continues: the edition that a whole release
// supersedes, or, for an item whose id the viewer has from another originator, that id as the viewer knows it (G2).
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "release/eyes.h"
#include "release/masking.h"

namespace comity::release {

// A place in somebody's feed.
struct Spot {
  ItemKey item;
  AgreementKey agreement;
  UtcTime date_added;
  size_t place = 0;
};

class Shown {
 public:
  std::string const& id() const { return changes_.id; }
  std::string const& type() const { return type_; }
  std::string const& version() const { return version_; }
  UtcTime version_time() const { return version_time_; }
  std::string const& derived_from() const { return derived_from_; }  // empty: nothing
  UtcTime date_added() const { return spot_.date_added; }
  size_t place() const { return spot_.place; }
  ItemKey item() const { return spot_.item; }  // none: of the reference set; of a duty, what it is about
  AgreementKey agreement() const { return spot_.agreement; }
  uint32_t clause() const { return clause_; }
  bool is_whole() const { return changes_.form.is_whole(); }
  // As posted, which breaks a MUST of STIX; of an edition that is not said, it could be what was taken out.
  bool is_permissive() const { return permissive_; }
  // Contributed by the viewer itself.
  bool is_own() const { return own_; }
  // Nobody's item, but of the reference set.
  bool is_reference() const { return reference_; }
  // Which bytes the edition is made from, and how many they are. 0: the centre made it, and no payload is needed.
  PayloadKey payload() const { return payload_; }
  uint64_t size() const { return size_; }
  uint64_t epoch() const { return epoch_; }

 private:
  friend class Showing;
  friend class EditionMaker;
  Shown() = default;

  Spot spot_;
  std::string type_, version_, derived_from_;
  UtcTime version_time_;
  uint32_t clause_ = 0;
  bool own_ = false, permissive_ = false, reference_ = false;
  PayloadKey payload_ = 0;
  uint64_t size_ = 0, epoch_ = 0;
  PartyKey viewer_;
  Changes changes_;
  Bytes made_;  // by the centre
};

// Nothing if the viewer may not have the item under the spot's agreement now.
std::optional<Shown> show(Eyes const& eyes, Spot const& spot);

}  // namespace comity::release
