// set_limits (7): two host officers set quotas of offices and parties (model/quotas.h), each within its range in
// base/limits.h. One number for all; what an office or party already has is not taken from it. Refused: not_permitted outside
// the two-officer rule, malformed (none named, or one out of its range).
#pragma once

#include "commands/sight.h"
#include "model/quotas.h"
#include "model/record.h"

namespace comity::commands {

struct SetLimits {
  std::map<model::Quota, uint32_t> quotas;  // the others stay as they are
  auto fields(this auto& self) { return std::tie(self.quotas); }
};

Ruling decide(Sight const& sight, SetLimits const& command);
void apply(State& state, SetLimits const& command, model::Record const& record);

}  // namespace comity::commands
