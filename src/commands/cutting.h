// Whose open sessions a record cuts (promise 4; 25-isolation F12): those of an office whose party's part in an agreement stops
// running, or ends, and those of a user whose credential, token or roles end. Of everybody else who takes part in such an
// agreement, and of whoever loses an item that is deleted, what has not been sent yet is dropped. Called by apply, after what
// the record changes.
#pragma once

#include "model/record.h"
#include "state/state.h"

namespace comity::commands {

void cut_sessions(state::State& state, model::Record const& record);

}  // namespace comity::commands
