#include "commands/acknowledge.h"

namespace comity::commands {

Ruling decide(Sight const& sight, Acknowledge const& command) {
  return decide_reply(sight, command.reply, model::NoticeAnswer::acknowledged);
}

void apply(State& state, Acknowledge const& command, model::Record const& record) {
  apply_reply(state, command.reply, model::NoticeAnswer::acknowledged, record);
}

}  // namespace comity::commands
