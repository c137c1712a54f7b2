// What an office is told of the airspace under agreements: its own intents and sites, constraints, its notices, and how far each of its conflicts
// has been answered by the other side (40-deconfliction).
//
// A notice says what its level allows while it is open and its clause is in force, and is a function of snapped volumes below
// `details` (25-isolation G10). Of any other only the number, the times and the office's own answers are left (G9). "Overdue" is told to the sender without a name (declared in docs/threats.md). Call it under the lock that guards the state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "release/eyes.h"
#include "release/told.h"

namespace comity::release {

// Of a list in the order of ids: those behind one, at most so many.
struct ListPart {
  std::optional<model::EntityId> after = {};
  size_t limit = limits::listed;
};
Told tell_intents(Eyes const& eyes, ListPart const& part);
Told tell_sites(Eyes const& eyes, ListPart const& part);
// Own ones first, then those of others that a clause shows, by office and id: behind one of an office as the reader knows it.
struct ConstraintPart {
  struct Last {
    std::string office;  // as the row says it
    model::EntityId id;
  };
  std::optional<Last> after = {};
  size_t limit = limits::listed;
};
Told tell_constraints(Eyes const& eyes, ConstraintPart const& part);
// Those with a number above `after`, at most `limit`.
Told tell_notices(Eyes const& eyes, uint64_t after, size_t limit);
// SHA-256 of what the notice of that number says, by RFC 8785: of its content, which never changes.
Digest read_back_of(uint64_t number, state::Notice const& notice);
// As they are now, those that changed after the office's notices had changed so often, in that order: for streams.
struct ChangedNotice {
  uint64_t changes = 0, number = 0;
  Told told;
};
std::vector<ChangedNotice> tell_changed_notices(Eyes const& eyes, uint64_t after, size_t most);
// The highest number, up to this one, of a notice that the office has never been given; 0: there is none.
uint64_t last_given_now(Eyes const& eyes, uint64_t upto);
// The newest first, by the number of the notice: those below one, at most so many.
struct ConflictPart {
  uint64_t below = UINT64_MAX;
  size_t limit = limits::listed;
};
Told tell_conflicts(Eyes const& eyes, ConflictPart const& part);

}  // namespace comity::release
