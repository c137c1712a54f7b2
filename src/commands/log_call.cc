#include "commands/log_call.h"

namespace comity::commands {

Ruling decide(Sight const& sight, LogCall const& command) {
  return decide_call(sight, command.made, model::CallPurpose::talk);
}

void apply(State& state, LogCall const& command, model::Record const& record) {
  apply_call(state, command.made, record);
}

}  // namespace comity::commands
