// claim_independent_source (107): the party declares, signed and kept as evidence, that it has an id from a source of
// its own (A13). It counts in the third-party rule for observables, whose id is their value, and for objects created by
// neither party. The claim is taken as it stands, so its answer tells nothing. Refused: not_permitted, the reasons of an
// act, malformed, already_done.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct ClaimIndependentSource {
  std::string id;
  auto fields(this auto& self) { return std::tie(self.id); }
};

Ruling decide(Sight const& sight, ClaimIndependentSource const& command);
void apply(State& state, ClaimIndependentSource const& command, model::Record const& record);

}  // namespace comity::commands
