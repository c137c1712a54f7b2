// reconfirm_site (211): the office says that its site is still as it was filed, and by when it will look again (40-deconfliction, "re-confirm by").
//
// Nothing of it changes but that time and its version, so nobody else is told anything. A site whose time has passed is stale: its own office is
// shown so, and it is matched as ever, since a hospital that nobody has asked about is still one (promise 5).
//
// Refused: not_permitted, unknown_site, stale_ovn (of a version), in_the_past (the time, or the site has ended), malformed (later than
// limits::reconfirm_ahead).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct ReconfirmSite {
  model::EntityId id;
  uint32_t at = 0;  // the version that is confirmed
  UtcTime reconfirm_by;
  auto fields(this auto& self) { return std::tie(self.id, self.at, self.reconfirm_by); }
};

Ruling decide(Sight const& sight, ReconfirmSite const& command);
void apply(State& state, ReconfirmSite const& command, model::Record const& record);

}  // namespace comity::commands
