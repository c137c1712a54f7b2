// mark_passed_to_unit (223): the office says to which unit it has passed a notice on. Its own claim; nobody else is told.
// Refused: not_permitted, malformed, unknown_notice.
#pragma once

#include "commands/answering.h"

namespace comity::commands {

struct MarkPassedToUnit {
  uint64_t notice = 0;
  std::string unit;  // in the words of the office
  auto fields(this auto& self) { return std::tie(self.notice, self.unit); }
};

Ruling decide(Sight const& sight, MarkPassedToUnit const& command);
void apply(State& state, MarkPassedToUnit const& command, model::Record const& record);

}  // namespace comity::commands
