// What a list stood on when it was told: counts of changes, by which one sees without making it again that it is still the same.
//
// While the grounds hold, the list that was told says what it would say now; when they do not, it may say the same or not. They are never
// told to anybody, and what they count of others decides about looking again only, not about what is then sent (25-isolation G3).
// They hold neither over a narrowing of the law, a restore of the state after a failed commit (State::epoch), nor beyond the moment at which time alone
// changes the list: by log time, so a pulse comes then (state/state.h, next_to_tell; an overdue answer escalates).
//
// Plain values; both calls under the lock that guards the state.
#pragma once

#include <cstdint>
#include <vector>

#include "release/eyes.h"

namespace comity::release {

class Grounds {
 public:
  enum class Of : uint8_t {
    agreements,   // tell_agreements
    conflicts,    // tell_conflicts
    constraints,  // tell_constraints
    duties,       // of the office, but for what its notices say
    intents,      // its own
    items,        // its feeds
    notices,      // its own
    sites,        // its own, but for windows of schedules
    watch,        // tell_watch, but for pages
  };
  static Grounds now(Eyes const& eyes, Of of);
  bool hold(state::State const& state) const;

 private:
  Grounds(Of of, OfficeKey office) : of_(of), office_(office) {}
  template <class Count>
  void each(state::State const& state, Count const& count) const;

  Of of_;
  OfficeKey office_;
  std::vector<OfficeKey> others_;  // the other sides of its conflicts
  std::vector<uint64_t> counts_;
  UtcTime until_ = never;
};

}  // namespace comity::release
