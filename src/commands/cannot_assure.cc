#include "commands/cannot_assure.h"

namespace comity::commands {

Ruling decide(Sight const& sight, CannotAssure const& command) {
  return decide_reply(sight, command.reply, model::NoticeAnswer::cannot_assure);
}

void apply(State& state, CannotAssure const& command, model::Record const& record) {
  apply_reply(state, command.reply, model::NoticeAnswer::cannot_assure, record);
}

}  // namespace comity::commands
