#include "commands/revoke_issuer.h"

#include "commands/register_issuer.h"

namespace comity::commands {

Ruling decide(Sight const& sight, RevokeIssuer const& command) {
  bool const officer = may(sight, model::role::host), admin = may(sight, model::role::admin);
  if (!officer && !admin) return refused(ReasonCode::not_permitted);
  if (officer)
    if (auto reason = check_officer_act(sight)) return refused(*reason);
  if (!officer && sight.command.act)
    if (auto reason = check_act(sight)) return refused(*reason);
  model::Issuer const* const known = issuer_named(sight.behind.law, command.issuer);
  bool const own = known && known->party == sight.view.party();
  if (!known || !(own || officer)) return refused(ReasonCode::unknown_issuer, command.issuer);
  if (known->revoked != 0) return refused(ReasonCode::already_done, command.issuer);
  return model::accepted();
}

void apply(State& state, RevokeIssuer const& command, model::Record const& record) {
  model::Issuer& issuer = *issuer_named(state.law, command.issuer);
  issuer.revoked = issuer.changed = record.index;
  issuer.allowed = false;
}

}  // namespace comity::commands
