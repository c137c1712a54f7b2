// How a disclosure becomes a Shown. Inside this room only.
#pragma once

#include <string>

#include "release/shown.h"

namespace comity::release {

class Showing {
 public:
  // `answer` is disclosure's for this viewer and spot, and gave the item.
  static Shown make(Eyes const& eyes, Spot const& spot, state::Disclosure answer);

  // The id under which a viewer is shown an item in this form.
  static std::string id_of(Eyes const& eyes, state::Item const& item, model::EditionForm const& form);
};

}  // namespace comity::release
