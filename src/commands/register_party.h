// register_party (10): two host officers admit a party, with its first office, its binding key, recovery keys if
// it gives any, and its first admin person, whose password verifier is the payload. Refused: not_permitted outside the two-officer rule, malformed,
// reserved_name, name_taken (party slugs are the host's own names).
#pragma once

#include "commands/key_change.h"
#include "model/record.h"

namespace comity::commands {

struct RegisterParty {
  std::string slug, name;
  model::PartyKind kind = model::PartyKind::state;
  model::Listing listing = model::Listing::listed;
  std::string key_id;
  std::array<uint8_t, 32> key{};
  std::string office;    // slug of its first office
  std::string admin;     // slug of its first admin person
  std::string identity;  // minted by the prepare step for a listed party; empty: none
  std::vector<NewKey> recovery_keys = {};
  uint32_t recovery_needed = 0;  // of them, to sign together
  auto fields(this auto& self) {
    return std::tie(self.slug, self.name, self.kind, self.listing, self.key_id, self.key, self.office,
                    self.admin, self.identity, self.recovery_keys, self.recovery_needed);
  }
};

Ruling decide(Sight const& sight, RegisterParty const& command);
void apply(State& state, RegisterParty const& command, model::Record const& record);

}  // namespace comity::commands
