#include "commands/adopt_ruleset.h"

#include <string>

namespace comity::commands {

Ruling decide(Sight const& sight, AdoptRuleset const& command) {
  if (sight.command.kind != model::CommandKind::countersign_host_act)
    return refused(ReasonCode::not_permitted);
  if (command.ruleset < sight.context.ruleset || command.ruleset > newest_ruleset)
    return refused(ReasonCode::unknown_ruleset, std::to_string(command.ruleset));
  return model::accepted();
}

void apply(State& state, AdoptRuleset const& command, model::Record const&) {
  state.ruleset = command.ruleset;
}

}  // namespace comity::commands
