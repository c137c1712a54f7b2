#include "commands/object_to_recovery.h"

#include <algorithm>

#include "base/mutant.h"

namespace comity::commands {

Ruling decide(Sight const& sight, ObjectToRecovery const& command) {
  if (!may(sight, model::role::signing)) return refused(ReasonCode::not_permitted);
  if (!sight.command.act) return refused(ReasonCode::not_signed);
  state::Law const& law = sight.view.law();
  auto const& keys = law.party(sight.view.party()).keys;
  auto const own = std::ranges::find(keys, sight.command.act->key, &model::PublicKeyEntry::id);
  if (auto reason = check_act_by(sight, own == keys.end() ? nullptr : &*own, Powers::any))
    return refused(*reason);
  model::Recovery const* const recovery = law.recovery_of(sight.view.party());
  bool const runs = !sight.behind.restoring.has_value();  // else its time stands still (restored.h)
  if (!recovery || recovery->key_id != command.new_key || (runs && recovery->effective <= sight.context.time))
    return refused(ReasonCode::no_such_recovery, command.new_key);
  return model::accepted();
}

void apply(State& state, ObjectToRecovery const&, model::Record const& record) {
  PartyKey const party = state.law.party_of(record.command.office);
  if (!mutated(Mutant::recovery_without_veto)) state.law.end_recovery(party, record.time);
}

}  // namespace comity::commands
