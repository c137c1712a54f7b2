// sign (40): consent to be bound, by signature (VCLT 12). The party becomes contracting; when the condition for entry
// into force turns true by it, that follows in the same ruling. Refused: the reasons of on_text.h, already_done,
// wrong_state, no_consent_by_signature.
#pragma once

#include "commands/on_text.h"

namespace comity::commands {

struct Sign : OnText {};

Ruling decide(Sight const& sight, Sign const& command);
void apply(State& state, Sign const& command, model::Record const& record);

}  // namespace comity::commands
