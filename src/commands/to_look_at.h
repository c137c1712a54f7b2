// Which contributions have to be looked at again after a change of law, because a delay has ended, or because earlier
// records left them: somebody may be released them now.
//
// At most a portion for one record: limits::looked_at_at_once contributions and limits::asked_at_once questions to
// disclosure, one for each office of the agreement; one contribution is always looked at. A date on which a clause begins
// may make a million items visible: in one record that would be larger than a journal can hold, and would keep everybody
// waiting until it was decided. What is left stands in the ruling as `unfinished` and waits in the backlog, from which each
// pulse takes one portion; so does what is found on the way, because it refers to what became visible (state/due.h).
//
// That somebody is late told more makes nothing that is served wrong, so neither the end of a delay nor the backlog is a
// deadline: the centre comes to them between other commands, a portion at a time (sequencer/writer.cc), and whoever makes
// many of them delays others' by no more than his turns.
//
// What apply does to the backlog follows from the ruling and from whose turn it is, and not from what the portion came to,
// which depends on facts that may be destroyed since. Pure.
#pragma once

#include <optional>
#include <vector>

#include "commands/sight.h"
#include "model/record.h"
#include "state/due.h"
#include "state/state.h"

namespace comity::commands {

struct Looked {
  state::Changed now;
  std::vector<model::Unfinished> later;
};

// Only a pulse looks at ended delays and at the backlog.
enum class By : uint8_t { pulse, another };
Looked to_look_at(State const& state, std::vector<model::Effect> const& effects, UtcTime time, By by);

// Called by apply for an accepted command: what was looked at waits no longer, and what was left waits.
void defer(State& state, model::Record const& record);

// The pulse that takes a portion of the ended delays and of the backlog; none if there is nothing.
std::optional<model::Command> next_portion(State const& state, UtcTime now);

}  // namespace comity::commands
