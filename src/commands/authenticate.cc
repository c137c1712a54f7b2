#include "commands/authenticate.h"

#include "state/settle.h"

namespace comity::commands {

static void open(state::Law& law, AgreementKey key, UtcTime time) {
  law.agreement(key).history.push_back({state::AgreementState::adopted, time});
  law.agreement(key).history.push_back({state::AgreementState::open, time});
}

Ruling decide(Sight const& sight, Authenticate const& command) {
  if (sight.command.actor.kind != model::Actor::Kind::system) return refused(ReasonCode::not_permitted);
  if (state::due_for_authentication(sight.behind.law) != command.agreement)
    return refused(ReasonCode::wrong_state);
  return accepted_with(sight, [&](state::Law& law) { open(law, command.agreement, sight.context.time); });
}

void apply(State& state, Authenticate const& command, model::Record const& record) {
  open(state.law, command.agreement, record.time);
}

}  // namespace comity::commands
