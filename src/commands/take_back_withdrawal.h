// take_back_withdrawal (53): the author's party stays (VCLT 68): its notice of withdrawal has not taken effect and is taken back.
// What was contributed since the notice is in a gap and stays out (25-isolation A20).
// Refused: the reasons of on_text.h, no_withdrawal, wrong_state.
#pragma once

#include "commands/on_text.h"

namespace comity::commands {

struct TakeBackWithdrawal : OnText {};

Ruling decide(Sight const& sight, TakeBackWithdrawal const& command);
void apply(State& state, TakeBackWithdrawal const& command, model::Record const& record);

}  // namespace comity::commands
