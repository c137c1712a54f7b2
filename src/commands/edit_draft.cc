#include "commands/edit_draft.h"

#include "commands/draft_agreement.h"
#include "commands/machine.h"

namespace comity::commands {

Ruling decide(Sight const& sight, EditDraft const& command) {
  if (!may(sight, model::role::signing | model::role::releasing)) return refused(ReasonCode::not_permitted);
  AgreementKey const key = sight.view.agreement(command.agreement);
  if (key.is_none()) return refused(ReasonCode::unknown_agreement, command.agreement);
  state::Agreement const& agreement = sight.view.law().agreement(key);
  if (agreement.drafter != sight.view.office()) return refused(ReasonCode::own_only, command.agreement);
  if (agreement.state() != state::AgreementState::draft)
    return refused(ReasonCode::wrong_state, command.agreement);
  if (command.was && *command.was != agreement.text_hash) return refused(ReasonCode::stale_ovn, "/was");
  if (command.text.id != agreement.id) return refused(ReasonCode::malformed, "/id");
  if (auto wrong = check_text(sight, command.text)) return *wrong;
  return model::accepted();
}

void apply(State& state, EditDraft const& command, model::Record const& record) {
  state::View const view = state.view(viewer_of(state.law, record.command));
  AgreementKey const key = view.agreement(command.agreement);
  auto text = resolved(view, command.text);
  set_text(state.law.agreement(key), std::move(text), command.text_hash, record);
}

}  // namespace comity::commands
