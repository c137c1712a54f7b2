#include "commands/advance_time.h"

#include "codec/codec.h"
#include "commands/countersign_host_act.h"
#include "commands/propose_host_act.h"

namespace comity::commands {

bool advances_time(State const& state, Command const& command) {
  if (command.kind == model::CommandKind::propose_host_act) {
    auto const body = codec::decode<ProposeHostAct>(command.body);
    return body && body->kind == model::CommandKind::advance_time;
  }
  if (command.kind != model::CommandKind::countersign_host_act) return false;
  auto const body = codec::decode<CountersignHostAct>(command.body);
  if (!body) return false;
  auto const found = state.proposals.find(body->proposal);
  return found != state.proposals.end() && found->second.kind == model::CommandKind::advance_time;
}

Ruling decide(Sight const& sight, AdvanceTime const& command) {
  if (sight.command.kind != model::CommandKind::countersign_host_act)
    return refused(ReasonCode::not_permitted);
  if (command.to <= sight.context.time) return refused(ReasonCode::malformed, "/to");
  return model::accepted();
}

void apply(State& state, AdvanceTime const& command, model::Record const&) { state.believed = command.to; }

}  // namespace comity::commands
