#include "commands/on_text.h"

#include "commands/machine.h"

namespace comity::commands {

Found find_text(Sight const& sight, OnText const& command) {
  auto const no = [](ReasonCode code, std::string subject) {
    return Found{{}, refused(code, std::move(subject))};
  };
  if (!may(sight, model::role::signing)) return no(ReasonCode::not_permitted, {});
  if (auto reason = check_act(sight)) return {{}, refused(*reason)};
  AgreementKey const key = sight.view.agreement(command.agreement);
  if (!sight.view.reads_text(key)) return no(ReasonCode::unknown_agreement, command.agreement);
  state::Agreement const& agreement = sight.view.law().agreement(key);
  if (!state::participates(sight.view.law(), agreement, sight.view.office()))
    return no(ReasonCode::not_a_participant, command.agreement);
  if (agreement.version != command.version || agreement.text_hash != command.text_hash)
    return no(ReasonCode::wrong_text, command.agreement);
  return {key, std::nullopt};
}

AgreementKey find_applied(State const& state, OnText const& command, model::Record const& record) {
  return state.view(viewer_of(state.law, record.command)).agreement(command.agreement);
}

}  // namespace comity::commands
