// confirm_recovery (69): to this party, another one that the host gave a new key is still the party it agreed with (25-isolation B5).
// The part of that party in the agreement is suspended until all have said so who were to when it happened: the rule by which
// they would let somebody in, today that all must. A party that waits to be confirmed itself has no word until it is, and is not
// asked where anybody else can be. The key is named, so that nobody confirms another one than it has asked about.
// Refused: the reasons of on_text.h, not_confirmed, unknown_party, no_such_recovery (nothing waits for a confirmation here, or with another key,
// or from this party), already_done.
#pragma once

#include "commands/on_text.h"

namespace comity::commands {

struct ConfirmRecovery : OnText {
  std::string party;    // that has lost its keys
  std::string new_key;  // its id
  auto fields(this auto& self) {
    return std::tie(self.agreement, self.version, self.text_hash, self.party, self.new_key);
  }
};

Ruling decide(Sight const& sight, ConfirmRecovery const& command);
void apply(State& state, ConfirmRecovery const& command, model::Record const& record);

}  // namespace comity::commands
