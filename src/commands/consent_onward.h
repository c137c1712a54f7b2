// consent_onward (105): the originator lets one version of an item of its be passed on by one party into one agreement,
// which it names by its text hash, because it may not know the agreement (A15). Always accepted for an item of one's
// own, whether or not such an agreement exists: so the answer tells nothing. It covers the parties that agreement has
// at this index. Refused: not_permitted, the reasons of an act, unknown_item, unknown_party.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct ConsentOnward {
  std::string id, version;
  std::string releaser;  // party slug
  Digest text_hash;
  auto fields(this auto& self) { return std::tie(self.id, self.version, self.releaser, self.text_hash); }
};

Ruling decide(Sight const& sight, ConsentOnward const& command);
void apply(State& state, ConsentOnward const& command, model::Record const& record);

}  // namespace comity::commands
