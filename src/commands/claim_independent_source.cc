#include "commands/claim_independent_source.h"

#include "base/limits.h"

namespace comity::commands {

Ruling decide(Sight const& sight, ClaimIndependentSource const& command) {
  if (!may(sight, model::role::signing)) return refused(ReasonCode::not_permitted);
  if (auto reason = check_act(sight)) return refused(*reason);
  if (command.id.size() > limits::name_bytes || command.id.find("--") == std::string::npos)
    return refused(ReasonCode::malformed, "/id");
  if (sight.behind.holdings.independent.contains({sight.view.party(), command.id}))
    return refused(ReasonCode::already_done, command.id);
  return model::accepted();
}

void apply(State& state, ClaimIndependentSource const& command, model::Record const& record) {
  state.holdings.independent.emplace(state.law.party_of(record.command.office), command.id);
}

}  // namespace comity::commands
