// set_roles (16): what a person may do in an office of its party; 0 takes all roles away. The role `host`, given or
// taken, needs two host officers, and with it comes the officer's own key. All of them are said at once, so whoever changes what she has
// read says too what it was: what somebody else has changed meanwhile is not undone by the way. Refused: not_permitted, unknown_person,
// unknown_office, malformed, stale_ovn (they are others by now).
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct SetRoles {
  std::string person, office;
  model::Roles roles = 0;
  std::string officer_key_id;  // empty unless the role is host
  std::array<uint8_t, 32> officer_key{};
  std::optional<model::Roles> was = {};  // none: whatever they were
  auto fields(this auto& self) {
    return std::tie(self.person, self.office, self.roles, self.officer_key_id, self.officer_key, self.was);
  }
};

// What the person may do in this office; 0: nothing.
model::Roles roles_in(state::Law const& law, PersonKey person, OfficeKey office);
// Holds the role `host` in some office, with a key of her own, and is not revoked.
bool is_officer(state::Law const& law, PersonKey person);
// What is left of them if this one goes: two are needed for anything that needs two.
size_t other_officers(state::Law const& law, PersonKey person);

Ruling decide(Sight const& sight, SetRoles const& command);
void apply(State& state, SetRoles const& command, model::Record const& record);

}  // namespace comity::commands
