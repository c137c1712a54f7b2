// set_availability (206): an arbiter says whether a system is up (f3548-rules 9). In a centre of preset `dss` any client that its
// issuer gives the scope may say it of any system; elsewhere an office says it of its own party alone (25-isolation D7).
// Refused: not_permitted, malformed, not_owner, stale_ovn (another version is the present one), quota.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct SetAvailability {
  std::string uss;  // a manager, as tokens name it
  model::Availability availability = model::Availability::unknown;
  std::optional<model::SeenOvn> at;  // none: it was never set
  model::Ovn next;
  auto fields(this auto& self) { return std::tie(self.uss, self.availability, self.at, self.next); }
};

Ruling decide(Sight const& sight, SetAvailability const& command);
void apply(State& state, SetAvailability const& command, model::Record const& record);

}  // namespace comity::commands
