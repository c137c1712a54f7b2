#include "commands/mark_passed_to_unit.h"

#include "base/limits.h"

namespace comity::commands {

Ruling decide(Sight const& sight, MarkPassedToUnit const& command) {
  if (!may_answer(sight)) return refused(ReasonCode::not_permitted);
  if (command.unit.empty() || command.unit.size() > limits::short_words)
    return refused(ReasonCode::malformed, "/unit");
  if (!notice_of(sight, command.notice)) return refused(ReasonCode::unknown_notice, "/notice");
  return model::accepted();
}

void apply(State& state, MarkPassedToUnit const& command, model::Record const& record) {
  state.airspace.notices.change({record.command.office, command.notice}, [&](state::Notice& notice) {
    notice.passed_to = command.unit, notice.passed_at = record.time;
  });
}

}  // namespace comity::commands
