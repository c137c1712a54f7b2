// withdraw (52): the author's party gives notice that it leaves an agreement (VCLT 54, 56, 67). What it gives and what it is
// given stop at once, unless the text says that both go on until the effect; humanitarian clauses run until then. The notice is
// that of the text; when it has run the party is a former one. A party whose consent has not made it a party yet takes it back,
// without notice, and may consent again.
// Refused: the reasons of on_text.h, not_a_party, not_confirmed, wrong_state, withdrawal_not_allowed, already_done.
#pragma once

#include "commands/on_text.h"

namespace comity::commands {

struct Withdraw : OnText {};

Ruling decide(Sight const& sight, Withdraw const& command);
void apply(State& state, Withdraw const& command, model::Record const& record);

}  // namespace comity::commands
