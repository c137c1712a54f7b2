#include "commands/unsponsor.h"

namespace comity::commands {

Ruling decide(Sight const& sight, Unsponsor const& command) {
  Found const found = find_text(sight, command);
  if (found.refusal) return *found.refusal;
  state::Agreement const& agreement = sight.view.law().agreement(found.key);
  if (agreement.state() != state::AgreementState::draft && agreement.state() != state::AgreementState::tabled)
    return refused(ReasonCode::wrong_state, command.agreement);
  if (!agreement.sponsored.contains(sight.view.party()))
    return refused(ReasonCode::already_done, command.agreement);
  return model::accepted();
}

void apply(State& state, Unsponsor const& command, model::Record const& record) {
  state::Agreement& agreement = state.law.agreement(find_applied(state, command, record));
  agreement.sponsored.erase(state.law.party_of(record.command.office));
  agreement.acts.push_back(record.index);
}

}  // namespace comity::commands
