// note_delivered (228): an office has been given its notices up to a number: what its record of acknowledgements calls delivered. Sent
// by the centre when an answer or a stream with them leaves; a notice that nobody ever asked for stays undelivered. Never refused.
#pragma once

#include "commands/sight.h"
#include "model/record.h"

namespace comity::commands {

struct NoteDelivered {
  OfficeKey office;
  uint64_t upto = 0;
  auto fields(this auto& self) { return std::tie(self.office, self.upto); }
};

Ruling decide(Sight const& sight, NoteDelivered const& command);
void apply(State& state, NoteDelivered const& command, model::Record const& record);

}  // namespace comity::commands
