#include "commands/emergency_suspend.h"

#include <algorithm>

#include "base/limits.h"
#include "base/mutant.h"

namespace comity::commands {
namespace {

using state::Emergency;

struct Target {
  PartyKey party;
  AgreementKey agreement;
};

// The host registered the parties, so it can name each of them; an agreement as everybody knows it, so that two officers
// mean the same.
Target target_of(state::Law const& law, EmergencySuspend const& command) {
  return {command.party.empty() ? PartyKey{} : law.find_party(command.party),
          command.agreement.empty() ? AgreementKey{} : state::View(law, {}).agreement(command.agreement)};
}

Emergency* last_of(state::Law& law, Target const& target) {
  auto const is_it = [&](Emergency const& one) {
    return one.party == target.party && one.agreement == target.agreement;
  };
  auto const found = std::ranges::find_if(law.emergencies.rbegin(), law.emergencies.rend(), is_it);
  return found == law.emergencies.rend() ? nullptr : &*found;
}

void put(state::Law& law, Target const& target, EmergencySuspend const& command, UtcTime time) {
  if (command.lasts > Duration{})
    law.emergencies.push_back({target.party, target.agreement, time, time + command.lasts, command.reason});
  else
    last_of(law, target)->until = time;
}

std::optional<Ruling> check_form(EmergencySuspend const& command) {
  if (command.party.empty() == command.agreement.empty()) return refused(ReasonCode::malformed, "/party");
  if (command.lasts < Duration{} ||
      (command.lasts > limits::emergency_suspension && !mutated(Mutant::emergency_without_end)))
    return refused(ReasonCode::malformed, "/lasts");
  bool const ends = command.lasts == Duration{};
  if (command.reason.size() > limits::short_words || (command.reason.empty() && !ends))
    return refused(ReasonCode::malformed, "/reason");
  return std::nullopt;
}

}  // namespace

Ruling decide(Sight const& sight, EmergencySuspend const& command) {
  if (sight.command.kind != model::CommandKind::countersign_host_act)
    return refused(ReasonCode::not_permitted);
  if (auto const refusal = check_form(command)) return *refusal;
  Target const target = target_of(sight.behind.law, command);
  state::Law law = sight.behind.law;
  if (!command.party.empty() && target.party.is_none())
    return refused(ReasonCode::unknown_party, command.party);
  if (!command.agreement.empty() && target.agreement.is_none())
    return refused(ReasonCode::unknown_agreement, command.agreement);
  if (target.agreement && law.agreement(target.agreement).state() != state::AgreementState::in_force &&
      law.agreement(target.agreement).state() != state::AgreementState::suspended)
    return refused(ReasonCode::wrong_state, command.agreement);
  Emergency const* const last = last_of(law, target);
  std::string const& named = command.party.empty() ? command.agreement : command.party;
  UtcTime const now = sight.context.time;
  bool const ends = command.lasts == Duration{};
  if (ends && (!last || !last->holds(now))) return refused(ReasonCode::no_suspension, named);
  if (!mutated(Mutant::emergency_again) && !ends && last && now < last->until + limits::emergency_again)
    return refused(ReasonCode::suspended_lately, named);
  return accepted_with(sight, [&](state::Law& next) { put(next, target, command, now); });
}

void apply(State& state, EmergencySuspend const& command, model::Record const& record) {
  put(state.law, target_of(state.law, command), command, record.time);
}

}  // namespace comity::commands
