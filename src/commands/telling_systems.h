// What a ruling leaves the centre to tell systems of F3548 (25-isolation D4): put into the outbox when it takes effect.
#pragma once

#include "commands/sight.h"
#include "model/record.h"
#include "model/to_tell.h"

namespace comity::commands {

// Whom the centre tells in the author's place that `entity` changed.
void tell_in_place(State& state, model::Record const& record, model::ToTell::Of of, model::EntityId entity);
// A notice of an office at `warning` began or ended: what its own system is shown of that intent is another (D3). `ended`: its number;
// 0: it began.
void tell_of_surrogate(State& state, model::RaisedNotice const& notice, UtcTime now, uint64_t ended);

}  // namespace comity::commands
