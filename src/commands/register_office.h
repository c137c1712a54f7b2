// register_office (11): a party adds an office; signed by its binding key. Refused: not_permitted, the reasons of an
// act, malformed, quota, name_taken.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct RegisterOffice {
  std::string slug;
  model::Listing listing = model::Listing::listed;
  auto fields(this auto& self) { return std::tie(self.slug, self.listing); }
};

Ruling decide(Sight const& sight, RegisterOffice const& command);
void apply(State& state, RegisterOffice const& command, model::Record const& record);

}  // namespace comity::commands
