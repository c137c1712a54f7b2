// How a disclosure becomes a Shown: the one maker of that permission. Inside this room only.
//
// What it promises, and which ids and versions it gives, stands in shown.h. It trusts its caller that the answer is
// disclosure's for this viewer and spot; a caller that asks for what was not given is a bug. Call it under the lock.
#pragma once

#include <string>

#include "release/shown.h"

namespace comity::release {

// What the centre makes itself (reference_set.h, duties.h).
struct ReferenceObject {
  std::string type, id, version;
  UtcTime version_time;
  Bytes bytes;
};

class Showing {
 public:
  // `answer` is disclosure's for this viewer and spot, and gave the item.
  static Shown make(Eyes const& eyes, Spot const& spot, state::Disclosure answer);

  // The same of what the viewer contributed under the spot's agreement; its answer is contributed_disclosure's.
  static Shown contributed(Eyes const& eyes, Spot const& spot, state::Disclosure answer);

  // Of the reference set, which every office may have.
  static Shown reference(Eyes const& eyes, Spot const& spot, ReferenceObject object);

  // The same of a framework that the host has loaded.
  static Shown published(Eyes const& eyes, Spot const& spot, state::FrameworkObject const& object);

  // The id under which a viewer is shown an item in this form.
  static std::string id_of(Eyes const& eyes, state::Item const& item, model::EditionForm const& form);

 private:
  // `release_time` is the version of what has none as posted.
  static Shown make_at(Eyes const& eyes, Spot const& spot, state::Disclosure answer, UtcTime release_time);
};

}  // namespace comity::release
