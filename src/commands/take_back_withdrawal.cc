#include "commands/take_back_withdrawal.h"

#include "state/standing.h"

namespace comity::commands {

static void stay(state::Agreement& agreement, PartyKey party) { agreement.parts[party].leaves_at = never; }

Ruling decide(Sight const& sight, TakeBackWithdrawal const& command) {
  Found const found = find_text(sight, command);
  if (found.refusal) return *found.refusal;
  state::Agreement const& agreement = sight.view.law().agreement(found.key);
  PartyKey const party = sight.view.party();
  if (!state::is_withdrawing(agreement.standing_of(party)))
    return refused(ReasonCode::no_withdrawal, command.agreement);
  if (!state::still_runs(agreement)) return refused(ReasonCode::wrong_state, command.agreement);
  return accepted_with(sight, [&](state::Law& law) { stay(law.agreement(found.key), party); });
}

void apply(State& state, TakeBackWithdrawal const& command, model::Record const& record) {
  state::Agreement& agreement = state.law.agreement(find_applied(state, command, record));
  stay(agreement, state.law.party_of(record.command.office));
  agreement.acts.push_back(record.index);
}

}  // namespace comity::commands
