#include "commands/acknowledge.h"

namespace comity::commands {

static model::NoticeAnswer answer_of(Acknowledge const& command) {
  bool const differs = command.reply.read_back && *command.reply.read_back != command.told;
  return differs ? model::NoticeAnswer::misunderstood : model::NoticeAnswer::acknowledged;
}

Ruling decide(Sight const& sight, Acknowledge const& command) {
  model::NoticeAnswer const answer = answer_of(command);
  Ruling ruling = decide_reply(sight, command.reply, answer);
  if (ruling.accepted() && answer == model::NoticeAnswer::misunderstood)
    ruling.airspace.emplace().misunderstood = true;
  return ruling;
}

void apply(State& state, Acknowledge const& command, model::Record const& record) {
  apply_reply(state, command.reply, answer_of(command), record);
}

}  // namespace comity::commands
