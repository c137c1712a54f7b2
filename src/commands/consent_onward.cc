#include "commands/consent_onward.h"

#include "commands/machine.h"

namespace comity::commands {

Ruling decide(Sight const& sight, ConsentOnward const& command) {
  if (!may(sight, model::role::signing)) return refused(ReasonCode::not_permitted);
  if (auto reason = check_act(sight)) return refused(*reason);
  ItemKey const item = sight.behind.holdings.version(sight.view.party(), command.id, command.version);
  if (item.is_none() || !sight.behind.holdings.item(item).is_of(sight.view.office()))
    return refused(ReasonCode::unknown_item, command.id);
  if (sight.view.party(command.releaser).is_none())
    return refused(ReasonCode::unknown_party, command.releaser);
  return model::accepted();
}

void apply(State& state, ConsentOnward const& command, model::Record const& record) {
  PartyKey const originator = state.law.party_of(record.command.office);
  PartyKey const releaser = state.law.find_party(command.releaser);
  for (size_t i = 0; i < state.law.agreements.size(); ++i) {
    state::Agreement const& agreement = state.law.agreements[i];
    if (agreement.text_hash != command.text_hash || !agreement.standing.contains(releaser)) continue;
    state::OnwardConsent consent{state.holdings.version(originator, command.id, command.version),
                                 AgreementKey(i),
                                 agreement.version,
                                 releaser,
                                 {},
                                 record.index};
    for (auto const& [party, spans] : agreement.standing)
      if (state::standing_since(agreement, party) != never) consent.parties.push_back(party);
    state.holdings.add_consent(std::move(consent));
  }
}

}  // namespace comity::commands
