// authenticate (39): a tabled text that every participant has sponsored is adopted, its text authenticated, and it is
// open for signature; from here it is immutable and known by its hash (VCLT 9, 10). Sent by the sequencer.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct Authenticate {
  AgreementKey agreement;
  auto fields(this auto& self) { return std::tie(self.agreement); }
};

Ruling decide(Sight const& sight, Authenticate const& command);
void apply(State& state, Authenticate const& command, model::Record const& record);

}  // namespace comity::commands
