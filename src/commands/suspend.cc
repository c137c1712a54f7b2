#include "commands/suspend.h"

#include "state/standing.h"

namespace comity::commands {

static void declare(state::Agreement& agreement, PartyKey party, UtcTime time) {
  if (agreement.text->suspension.by == model::SuspensionBy::all) {
    agreement.asked.insert(party);
    return;
  }
  agreement.parts[party].suspension = {time + agreement.text->suspension.notice, {}, {}};
}

Ruling decide(Sight const& sight, Suspend const& command) {
  Found const found = find_text(sight, command);
  if (found.refusal) return *found.refusal;
  state::Agreement const& agreement = sight.view.law().agreement(found.key);
  PartyKey const party = sight.view.party();
  if (!state::belongs(agreement.standing_of(party)))
    return refused(ReasonCode::not_a_party, command.agreement);
  if (agreement.state() == state::AgreementState::open || !state::still_runs(agreement))
    return refused(ReasonCode::wrong_state, command.agreement);
  if (agreement.text->suspension.by == model::SuspensionBy::ballot)
    return refused(ReasonCode::rule_not_supported, "/suspension/by");
  if (agreement.part_of(party).suspension.is_declared() || agreement.asked.contains(party))
    return refused(ReasonCode::already_done, command.agreement);
  return accepted_with(
      sight, [&](state::Law& law) { declare(law.agreement(found.key), party, sight.context.time); });
}

void apply(State& state, Suspend const& command, model::Record const& record) {
  state::Agreement& agreement = state.law.agreement(find_applied(state, command, record));
  declare(agreement, state.law.party_of(record.command.office), record.time);
  agreement.acts.push_back(record.index);
}

}  // namespace comity::commands
