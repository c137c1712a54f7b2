// What a previewed filing looks at, borrowed into the copy, and what is said of it: of its own office and of nobody else.
//
// Borrowed is the intent, site or constraint that the command names and its office has filed, so that a change is judged by what it
// changes; nothing that others have filed comes along, so no such preview meets anything, and none is charged (25-isolation G5, G10). A thing is
// borrowed once: what the preview did to it since stays done. Quotas are not looked at, as of all previews. One preview, one thread.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "model/command.h"
#include "model/would_tell.h"
#include "state/state.h"

namespace comity::sequencer {

class BorrowedFilings {
 public:
  explicit BorrowedFilings(state::State& copy) : copy_(copy) {}

  // Under the lock of `from`.
  void borrow(state::State const& from, model::Command const& command);

 private:
  template <class Entities>
  void take(Entities& into, Entities const& from, state::State const& state, OfficeKey office,
            model::EntityId const& id);

  state::State& copy_;
  std::set<std::pair<model::CommandKind, model::EntityId>> taken_;
};

// Once it is applied to the copy: who would be told of what it left, by the law and the eyes of `author`.
std::vector<model::WouldTell> told_of_filing(state::State const& copy, state::View const& author,
                                             model::Command const& command);

}  // namespace comity::sequencer
