// adopt_ruleset (3): two host officers say by which rules commands are ruled on from the next record on (50-ledger). Every
// record names its ruleset, and `replay --decide` decides it by that one. Refused: not_permitted outside the two-officer
// rule, unknown_ruleset (this program does not know it, or it is below the present one).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

// The highest ruleset that this program knows; it knows all below it too. A program that knows more rules otherwise on an
// adoption that this one refused, so such a refusal is not decided again (sequencer/replay.h).
inline constexpr uint32_t newest_ruleset = 1;

struct AdoptRuleset {
  uint32_t ruleset = 0;
  auto fields(this auto& self) { return std::tie(self.ruleset); }
};

Ruling decide(Sight const& sight, AdoptRuleset const& command);
void apply(State& state, AdoptRuleset const& command, model::Record const& record);

}  // namespace comity::commands
