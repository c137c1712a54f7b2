#include "commands/confirm_recovery.h"

#include "state/settle.h"
#include "state/standing.h"

namespace comity::commands {

Ruling decide(Sight const& sight, ConfirmRecovery const& command) {
  Found const found = find_text(sight, command);
  if (found.refusal) return *found.refusal;
  state::Agreement const& agreement = sight.view.law().agreement(found.key);
  PartyKey const party = sight.view.party(), recovered = sight.view.party(command.party);
  if (state::is_unconfirmed(agreement, party)) return refused(ReasonCode::not_confirmed, command.agreement);
  bool const known = !recovered.is_none() && sight.view.knows_membership(found.key) &&
                     agreement.standing.contains(recovered);
  if (!known) return refused(ReasonCode::unknown_party, command.party);
  state::Part const& part = agreement.part_of(recovered);
  bool const is_asked = recovered != party && state::has_consented(agreement.standing_of(party));
  if (part.recovered_key != command.new_key || !is_asked)
    return refused(ReasonCode::no_such_recovery, command.new_key);
  if (!part.to_confirm.contains(party)) return refused(ReasonCode::already_done, command.party);
  return accepted_with(
      sight, [&](state::Law& law) { law.agreement(found.key).parts[recovered].to_confirm.erase(party); });
}

void apply(State& state, ConfirmRecovery const& command, model::Record const& record) {
  state::Agreement& agreement = state.law.agreement(find_applied(state, command, record));
  agreement.parts[state.law.find_party(command.party)].to_confirm.erase(
      state.law.party_of(record.command.office));
  agreement.acts.push_back(record.index);
}

}  // namespace comity::commands
