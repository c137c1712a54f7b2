// suspend (50): the author's party suspends its part in an agreement, or, where the text says that all must, asks with the
// others that the agreement be suspended (VCLT 57). It takes effect when the notice of the text has run, at once where there
// is none; until then `resume` takes it back. From its effect on nothing runs to or from the party but prohibitions, and clauses
// that are humanitarian or that the text calls non-suspendable (60(5)).
// Refused: the reasons of on_text.h, not_a_party, wrong_state, rule_not_supported (by ballot), already_done.
#pragma once

#include "commands/on_text.h"

namespace comity::commands {

struct Suspend : OnText {};

Ruling decide(Sight const& sight, Suspend const& command);
void apply(State& state, Suspend const& command, model::Record const& record);

}  // namespace comity::commands
