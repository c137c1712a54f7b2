// In which order the objects of one envelope are contributed: what is referred to before what refers to it.
//
// A reference to something that its author does not hold yet would stay in the object as mere text (25-isolation A5), so
// the order of an envelope, which means nothing in STIX, must not decide that. Objects that no reference forces apart
// keep the order in which they were posted; versions of one id stay together, in that order too; a circle is broken at
// the object posted first. Time in proportion to objects and references.
// Thread-safe, no state.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "model/item.h"

namespace comity::stix {

struct Posted {
  std::string_view id;
  std::span<model::Reference const> references;
};

// Each index of `objects` once.
std::vector<size_t> contribution_order(std::span<Posted const> objects);

}  // namespace comity::stix
