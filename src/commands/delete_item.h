// delete_item (101): the originator takes an item back. Every contribution of it, or the one under the agreement that is
// named, is gone from every door at this index; the payload is destroyed when no contribution is left (a system matter).
// The leaf in the log stays. What follows for those who had it: taking_back.h. Refused: not_permitted, unknown_agreement, unknown_item.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct DeleteItem {
  std::string id;
  std::string version;    // empty: all versions
  std::string agreement;  // empty: all
  auto fields(this auto& self) { return std::tie(self.id, self.version, self.agreement); }
};

Ruling decide(Sight const& sight, DeleteItem const& command);
void apply(State& state, DeleteItem const& command, model::Record const& record);

}  // namespace comity::commands
