// test_channel (226): somebody on watch has tried whether a line works. Refused: see calls.h.
#pragma once

#include "commands/calls.h"

namespace comity::commands {

struct TestChannel {
  CallOnLine made;
  auto fields(this auto& self) { return std::tie(self.made); }
};

Ruling decide(Sight const& sight, TestChannel const& command);
void apply(State& state, TestChannel const& command, model::Record const& record);

}  // namespace comity::commands
