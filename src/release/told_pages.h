// What a page says (40-deconfliction): that an office has notices waiting, by when the first of them is to be answered, and a reference
// by which two people can tell one page from another. No subject, no place, no name:
//
//   Comity: 2 notices waiting, answer due 14:20Z, ref 7F3A
//
// Exercises are paged apart, and say so. The reference is a value of the centre's PRF of the first of them: no count can be read
// from it (25-isolation G3). Thread rule: told.h.
#pragma once

#include <map>
#include <utility>

#include "model/watch.h"
#include "release/eyes.h"
#include "release/released.h"

namespace comity::release {

enum class Exercise : uint8_t { no, yes };

// How the last page to a contact of an office ended.
struct LastPage {
  UtcTime time;
  std::string outcome;  // sent, no_way, failed, busy
};
using LastPages = std::map<std::pair<OfficeKey, std::string>, LastPage>;  // by the address

// Of the reader's office; none: nothing waits.
std::optional<Released<Bytes>> page_text(Eyes const& eyes, Exercise exercise);

}  // namespace comity::release
