// withdraw_site (212): a site of the office is protected no more; notices about it close.
// Refused: not_permitted, unknown_site, stale_ovn.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct WithdrawSite {
  model::EntityId id;
  uint32_t at = 0;
  auto fields(this auto& self) { return std::tie(self.id, self.at); }
};

Ruling decide(Sight const& sight, WithdrawSite const& command);
void apply(State& state, WithdrawSite const& command, model::Record const& record);

}  // namespace comity::commands
