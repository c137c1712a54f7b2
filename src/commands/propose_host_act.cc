#include "commands/propose_host_act.h"

#include "base/limits.h"

namespace comity::commands {

bool is_host_act(model::CommandKind kind) {
  switch (kind) {
    case model::CommandKind::adopt_ruleset:
    case model::CommandKind::set_limits:
    case model::CommandKind::register_party:
    case model::CommandKind::emergency_suspend:
    case model::CommandKind::recover_key:
    case model::CommandKind::set_roles:
    case model::CommandKind::open_collection:
    case model::CommandKind::allow_framework:
    case model::CommandKind::advance_time:
    case model::CommandKind::restored: return true;
    default: return false;
  }
}

Ruling decide(Sight const& sight, ProposeHostAct const& command) {
  if (!may(sight, model::role::host)) return refused(ReasonCode::not_permitted);
  if (auto reason = check_officer_act(sight)) return refused(*reason);
  if (!is_host_act(command.kind)) return refused(ReasonCode::malformed, "/kind");
  return model::accepted();
}

void apply(State& state, ProposeHostAct const& command, model::Record const& record) {
  std::erase_if(state.proposals, [&](auto const& entry) {
    return entry.second.at + limits::countersign_within <= record.time;
  });
  state.proposals[record.command.digest] = {PersonKey(record.command.actor.key),
                                            record.time,
                                            command.kind,
                                            command.body,
                                            record.command.sealed,
                                            record.payload,
                                            record.index,
                                            record.command.act->key};
}

}  // namespace comity::commands
