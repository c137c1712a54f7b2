#include "commands/restored.h"

#include <algorithm>

#include "base/limits.h"

namespace comity::commands {

Ruling decide(Sight const& sight, Restored const& command) {
  if (sight.command.kind != model::CommandKind::countersign_host_act)
    return refused(ReasonCode::not_permitted);
  auto const& found = sight.behind.restoring;
  if (!found) return refused(ReasonCode::not_put_back);
  if (command.from != found->size || command.to < std::max(found->size, found->known))
    return refused(ReasonCode::other_size);
  if (command.epoch <= found->epoch) return refused(ReasonCode::epoch_used, std::to_string(command.epoch));
  if (command.epoch - found->epoch > limits::epochs_ahead)
    return refused(ReasonCode::epoch_too_high, std::to_string(command.epoch));
  return model::accepted();
}

// Whoever may object to a recovery could not, from the last record that is there until now (G14).
void apply(State& state, Restored const& command, model::Record const& record) {
  state.law.lengthen_recoveries(record.time - state.restoring->last);
  state.restoring.reset();
  state.centre.epoch = command.epoch;
}

}  // namespace comity::commands
