// revoke_person (15): from this index the person is nobody. Refused: not_permitted, unknown_person, already_done.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct RevokePerson {
  std::string person;
  auto fields(this auto& self) { return std::tie(self.person); }
};

Ruling decide(Sight const& sight, RevokePerson const& command);
void apply(State& state, RevokePerson const& command, model::Record const& record);

}  // namespace comity::commands
