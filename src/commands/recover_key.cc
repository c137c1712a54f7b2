#include "commands/recover_key.h"

#include "base/limits.h"

namespace comity::commands {

Ruling decide(Sight const& sight, RecoverKey const& command) {
  if (sight.command.kind != model::CommandKind::countersign_host_act)
    return refused(ReasonCode::not_permitted);
  state::Law const& law = sight.behind.law;  // the host sees all parties
  PartyKey const party = law.find_party(command.party);
  if (party.is_none()) return refused(ReasonCode::unknown_party, command.party);
  UtcTime const objected = law.party(party).objected;
  bool const objected_lately =
      objected != UtcTime{} && sight.context.time < objected + limits::recovery_pause;
  if (law.recovery_of(party) || objected_lately)
    return refused(ReasonCode::recovery_under_way, command.party);
  if (law.is_key_of(party, command.key_id)) return refused(ReasonCode::key_in_use, command.key_id);
  return model::accepted();
}

void apply(State& state, RecoverKey const& command, model::Record const& record) {
  state.law.recoveries.push_back({state.law.find_party(command.party), command.key_id, command.key,
                                  record.time, record.time + limits::recovery_wait});
  PartyKey const party = state.law.recoveries.back().party;
  for (size_t i = 0; i < state.law.offices.size(); ++i)
    if (state.law.offices[i].party == party) state.holdings.add_recovery_duty(OfficeKey(i), record.time);
}

}  // namespace comity::commands
