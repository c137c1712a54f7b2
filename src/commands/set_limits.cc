#include "commands/set_limits.h"

namespace comity::commands {

Ruling decide(Sight const& sight, SetLimits const& command) {
  if (sight.command.kind != model::CommandKind::countersign_host_act)
    return refused(ReasonCode::not_permitted);
  if (command.quotas.empty()) return refused(ReasonCode::malformed, "");
  for (auto const& [quota, number] : command.quotas) {
    limits::Quota const range = model::range_of(quota);
    if (range.most == 0 || number < range.least || number > range.most)
      return refused(ReasonCode::malformed, std::string("/") + model::name_of(quota));
  }
  return model::accepted();
}

void apply(State& state, SetLimits const& command, model::Record const&) {
  for (auto const& [quota, number] : command.quotas) state.law.quotas[quota] = number;
}

}  // namespace comity::commands
