#include "commands/sign.h"

#include "base/contains.h"
#include "state/standing.h"

namespace comity::commands {

static void consent(state::Law& law, AgreementKey key, PartyKey party, UtcTime time) {
  law.agreement(key).standing[party].push_back({state::Standing::contracting, time});
}

Ruling decide(Sight const& sight, Sign const& command) {
  Found const found = find_text(sight, command);
  if (found.refusal) return *found.refusal;
  state::Agreement const& agreement = sight.view.law().agreement(found.key);
  if (agreement.standing_of(sight.view.party()) != state::Standing::negotiating)
    return refused(ReasonCode::already_done, command.agreement);
  if (!state::is_live(agreement.state())) return refused(ReasonCode::wrong_state, command.agreement);
  if (!contains(agreement.text->consent_by, model::ConsentBy::signature))
    return refused(ReasonCode::no_consent_by_signature, command.agreement);
  return accepted_with(
      sight, [&](state::Law& law) { consent(law, found.key, sight.view.party(), sight.context.time); });
}

void apply(State& state, Sign const& command, model::Record const& record) {
  AgreementKey const key = find_applied(state, command, record);
  consent(state.law, key, state.law.party_of(record.command.office), record.time);
  state.law.agreement(key).acts.push_back(record.index);
}

}  // namespace comity::commands
