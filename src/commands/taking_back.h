// What follows where an office takes back what it contributed (delete_item.h), while another office may give the same item
// under the same agreement still:
//
//   - who had it by the contribution that goes has a duty (25-isolation G9), whatever became of its rights meanwhile, unless
//     it is given as much by another contribution now; then it has it by that one from here on
//   - what another contribution gives instead is released anew: it is another form, under another time
//   - the office itself, whose own the item is no more, is released what the others' clauses give it
//   - where nothing stands any more, everyone who had it has a duty
//
// What refers to the item is looked at by nobody: a deletion makes nothing finer. It all stands in the ruling, since what it is
// decided by is destroyed with the item.
//
// Cost: at most limits::deletion_questions, fewer for an object of many versions that many have. Beyond that who had it has a
// duty, and what is given instead is found by who asks for it. Only what the author's party originated counts towards that, so
// that nobody else's objects show in it (G1).
#pragma once

#include <map>
#include <vector>

#include "commands/sight.h"

namespace comity::commands {

// Under which agreements the author takes back what.
using TakenBack = std::map<ItemKey, std::vector<AgreementKey>>;

Ruling taking_back(Sight const& sight, TakenBack const& taken);

}  // namespace comity::commands
