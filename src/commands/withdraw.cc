#include "commands/withdraw.h"

#include "state/standing.h"

namespace comity::commands {

static void leave(state::Agreement& agreement, PartyKey party, UtcTime time) {
  if (agreement.standing_of(party) == state::Standing::contracting)
    agreement.standing[party].push_back({state::Standing::negotiating, time});
  else
    agreement.parts[party].leaves_at = time + agreement.text->withdrawal.notice;
}

Ruling decide(Sight const& sight, Withdraw const& command) {
  Found const found = find_text(sight, command);
  if (found.refusal) return *found.refusal;
  state::Agreement const& agreement = sight.view.law().agreement(found.key);
  PartyKey const party = sight.view.party();
  state::Standing const standing = agreement.standing_of(party);
  bool const contracting = standing == state::Standing::contracting;
  if (!contracting && !state::belongs(standing)) return refused(ReasonCode::not_a_party, command.agreement);
  if (state::is_unconfirmed(agreement, party)) return refused(ReasonCode::not_confirmed, command.agreement);
  if (!state::still_runs(agreement)) return refused(ReasonCode::wrong_state, command.agreement);
  if (!contracting && !agreement.text->withdrawal.allowed)
    return refused(ReasonCode::withdrawal_not_allowed, command.agreement);
  if (state::is_withdrawing(standing)) return refused(ReasonCode::already_done, command.agreement);
  return accepted_with(sight,
                       [&](state::Law& law) { leave(law.agreement(found.key), party, sight.context.time); });
}

void apply(State& state, Withdraw const& command, model::Record const& record) {
  state::Agreement& agreement = state.law.agreement(find_applied(state, command, record));
  leave(agreement, state.law.party_of(record.command.office), record.time);
  agreement.acts.push_back(record.index);
}

}  // namespace comity::commands
