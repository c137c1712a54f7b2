// note_delivered (228): offices have been given their notices up to a number: what their records of acknowledgements call delivered. Sent
// by the centre when answers or streams with them leave, one command for all that leave meanwhile; a notice that nobody ever asked for
// stays undelivered. Never refused.
#pragma once

#include <vector>

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct Delivered {
  OfficeKey office;
  uint64_t upto = 0;  // the office's own number
  auto fields(this auto& self) { return std::tie(self.office, self.upto); }
};

struct NoteDelivered {
  std::vector<Delivered> all;
  auto fields(this auto& self) { return std::tie(self.all); }
};

Ruling decide(Sight const& sight, NoteDelivered const& command);
void apply(State& state, NoteDelivered const& command, model::Record const& record);

}  // namespace comity::commands
