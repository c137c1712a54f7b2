// What a ruling leaves the centre to tell systems of F3548 (25-isolation D4): put into the outbox when it takes effect.
#pragma once

#include "commands/sight.h"
#include "model/record.h"
#include "model/to_tell.h"

namespace comity::commands {

// Whom the centre tells in the author's place that `entity` changed.
void tell_in_place(State& state, model::Record const& record, model::ToTell::Of of, model::EntityId entity);
// A notice of an office at `warning` began: what its own system is shown of that intent is another (D3).
void tell_of_surrogate(State& state, model::RaisedNotice const& notice, UtcTime now);
// Those that this ruling ends. Before it takes effect: whoever looks where the intent was is told that the surrogate is there no more, wherever
// the intent goes.
void tell_of_ended_surrogates(State& state, model::Record const& record);

}  // namespace comity::commands
