#include "commands/test_channel.h"

namespace comity::commands {

Ruling decide(Sight const& sight, TestChannel const& command) {
  return decide_call(sight, command.made, model::CallPurpose::test);
}

void apply(State& state, TestChannel const& command, model::Record const& record) {
  apply_call(state, command.made, record);
}

}  // namespace comity::commands
