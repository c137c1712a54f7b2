#include "commands/allow_issuer.h"

#include "commands/register_issuer.h"

namespace comity::commands {

Ruling decide(Sight const& sight, AllowIssuer const& command) {
  if (!may(sight, model::role::host)) return refused(ReasonCode::not_permitted);
  if (auto reason = check_officer_act(sight)) return refused(*reason);
  model::Issuer const* const known = issuer_named(sight.behind.law, command.issuer);
  if (!known || known->revoked != 0) return refused(ReasonCode::unknown_issuer, command.issuer);
  if (known->url != command.url) return refused(ReasonCode::other_url, command.issuer);
  return model::accepted();
}

void apply(State& state, AllowIssuer const& command, model::Record const& record) {
  model::Issuer& issuer = *issuer_named(state.law, command.issuer);
  issuer.allowed = command.allowed;
  issuer.changed = record.index;
}

}  // namespace comity::commands
