// Whose open sessions a record cuts (promise 4; 25-isolation F12): those of an office whose party's part in an agreement stops
// running, or ends, and those of a user whose credential, token or roles end. Of everybody else whom such an agreement, a
// prohibition that begins, or a deletion gives less, what has not been sent yet is dropped.
#pragma once

#include <string>

#include "model/record.h"
#include "state/state.h"

namespace comity::commands {

// Before the record is applied, which forgets what two officers had proposed: the act that it carries out.
struct CarriedOut {
  model::CommandKind kind = model::CommandKind::pulse;
  Bytes body;
};
CarriedOut carried_out(state::State const& state, model::Record const& record);

// After the record was applied.
void cut_sessions(state::State& state, model::Record const& record, CarriedOut const& act);

}  // namespace comity::commands
