// Releases that wait for each other. Inside this room only; due.h is the door.
//
// Releases are found by going from what an office has to what follows from it. Things that refer to each other in a ring
// never get there: each would come renamed, or not at all, until the others are what they will be (25-isolation A5). So
// all that wait are supposed to come in the best form that they could have; what does not come true under that is taken
// back, and then whatever leant on it. What is left holds with nothing but itself supposed.
//
// Ends because a supposition is only ever lowered, and after limits::ring_questions in any case: of a ring that is larger
// nothing is supposed. Thread rule: disclosure.h.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "state/due.h"

namespace comity::state {

using ReleaseName = std::pair<OfficeKey, Contributed>;

// Whether another release could better this answer.
bool is_open(Disclosure const& answer);

struct RingRelease {
  ReleaseName name;
  Disclosure answer;
};

// What those that wait, and those they may wait for, come to together. `ahead` is what the question looks ahead at; it
// is left saying so.
std::vector<RingRelease> close_rings(Question const& question, Lookahead& ahead,
                                     std::vector<ReleaseName> waiting);

}  // namespace comity::state
