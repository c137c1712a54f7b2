#include "commands/query_notice.h"

namespace comity::commands {

Ruling decide(Sight const& sight, QueryNotice const& command) {
  return decide_reply(sight, command.reply, model::NoticeAnswer::query);
}

void apply(State& state, QueryNotice const& command, model::Record const& record) {
  apply_reply(state, command.reply, model::NoticeAnswer::query, record);
}

}  // namespace comity::commands
