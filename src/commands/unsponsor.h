// unsponsor (28): the party no longer stands behind the text; possible until it is adopted. Refused: the reasons of
// on_text.h, wrong_state, already_done (it does not sponsor).
#pragma once

#include "commands/on_text.h"

namespace comity::commands {

struct Unsponsor : OnText {};

Ruling decide(Sight const& sight, Unsponsor const& command);
void apply(State& state, Unsponsor const& command, model::Record const& record);

}  // namespace comity::commands
