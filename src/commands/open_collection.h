// open_collection (71): two host officers open a collection of the centre's arrangement (preset `taxii`), or say anew what an
// open one is called and who may do what in it; an alias or a description that is not said stays. One that nobody may read or write is there for nobody. Record 0 opens the
// first ones with the same words (genesis.h).
// Refused: not_permitted (outside the two-officer rule; in a centre without an arrangement), malformed (an unknown root; an
// id that no path can hold; a name too long; an alias that another collection of the root has), unknown_client, quota.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/sight.h"
#include "model/arrangement.h"
#include "model/record.h"

namespace comity::commands {

struct OpenCollection {
  std::string root;  // its path
  std::string id, alias, title, description;
  std::optional<std::vector<std::string>> readers, writers;  // user names; none: everyone
  auto fields(this auto& self) {
    return std::tie(self.root, self.id, self.alias, self.title, self.description, self.readers, self.writers);
  }
};

Ruling decide(Sight const& sight, OpenCollection const& command);
void apply(State& state, OpenCollection const& command, model::Record const& record);

// The rules and the change that record 0 shares: on an arrangement whose roots stand, and clients that are registered.
std::optional<model::Reason> check_collection(state::Law const& law, OpenCollection const& words);
void put_collection(state::Law& law, OpenCollection const& words, UtcTime time, Index index);

}  // namespace comity::commands
