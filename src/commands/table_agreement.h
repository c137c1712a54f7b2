// table_agreement (29): the draft is put before all its participants, who read it from here on. Refused: the reasons of
// on_text.h, wrong_state, no_founding_key (a participant is named by its slug alone, G8), not_sponsored (a sponsor named in
// the text is missing), rule_not_supported (the text asks for what this centre cannot carry out), no_consent_by_signature,
// hidden_agreement_named (B3).
#pragma once

#include "commands/on_text.h"

namespace comity::commands {

struct TableAgreement : OnText {};

Ruling decide(Sight const& sight, TableAgreement const& command);
void apply(State& state, TableAgreement const& command, model::Record const& record);

}  // namespace comity::commands
