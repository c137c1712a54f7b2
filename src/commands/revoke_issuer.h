// revoke_issuer (63): no token of this issuer holds any more, from this record on, whenever it was issued and verified. By an
// admin person of its party, or by an officer of the host, who signs it with the officer's own key. Its party may register it anew,
// and then tokens issued before do not hold. Refused: not_permitted, the reasons of an officer's act (of an admin's only where
// there is one), unknown_issuer, already_done.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct RevokeIssuer {
  std::string issuer;  // `ru/login`
  auto fields(this auto& self) { return std::tie(self.issuer); }
};

Ruling decide(Sight const& sight, RevokeIssuer const& command);
void apply(State& state, RevokeIssuer const& command, model::Record const& record);

}  // namespace comity::commands
