// sponsor (27): the party stands behind the text. While it is a draft, the sponsors that the text names do so; once it is
// tabled, every participant may, and when all have, it is adopted by unanimity (39). Refused: the reasons of on_text.h,
// wrong_state, already_done.
#pragma once

#include "commands/on_text.h"

namespace comity::commands {

struct Sponsor : OnText {};

Ruling decide(Sight const& sight, Sponsor const& command);
void apply(State& state, Sponsor const& command, model::Record const& record);

}  // namespace comity::commands
