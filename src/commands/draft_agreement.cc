#include "commands/draft_agreement.h"

#include <algorithm>

#include "commands/machine.h"
#include "model/names.h"

namespace comity::commands {

std::optional<Ruling> check_text(Sight const& sight, model::Text const& text) {
  auto const name = model::split_agreement(text.id);
  if (!name || name->first != sight.view.law().party(sight.view.party()).slug)
    return refused(ReasonCode::malformed, "/id");
  if (sight.context.payload == 0) return refused(ReasonCode::malformed, "");
  if (model::is_reserved(name->second)) return refused(ReasonCode::reserved_name, text.id);
  model::Text copy = text;
  Ruling ruling;
  ruling.outcome = model::Outcome::refused;
  for (state::UnresolvedName const& missing : state::resolve_names(sight.view, copy))
    ruling.reasons.push_back({missing.code, {}, {}, missing.pointer + " " + missing.name});
  if (ruling.reasons.empty()) return std::nullopt;
  return ruling;
}

std::shared_ptr<model::Text const> resolved(state::View const& view, model::Text text) {
  state::resolve_names(view, text);
  return std::make_shared<model::Text const>(std::move(text));
}

void set_text(state::Agreement& agreement, std::shared_ptr<model::Text const> text, Digest const& hash,
              model::Record const& record) {
  agreement.id = text->id;
  agreement.version = text->version;
  agreement.text_hash = hash;
  agreement.source = record.payload;
  agreement.sponsored.clear();
  agreement.clauses.assign(text->clauses.size(), {});
  agreement.standing.clear();
  for (model::Participant const& participant : text->participants)
    agreement.standing[participant.party.party] = {{state::Standing::negotiating, record.time}};
  if (agreement.drafter) agreement.known.offices.try_emplace(agreement.drafter, record.index);
  for (model::Participant const& participant : text->participants) {
    if (participant.offices.empty())
      agreement.known.parties.try_emplace(participant.party.party, record.index);
    for (model::Who const& who : participant.offices)
      agreement.known.offices.try_emplace(who.office, record.index);
  }
  agreement.text = std::move(text);
}

Ruling decide(Sight const& sight, DraftAgreement const& command) {
  if (!may(sight, model::role::signing | model::role::releasing)) return refused(ReasonCode::not_permitted);
  if (sight.view.law().arrangement) return refused(ReasonCode::not_permitted);  // it has no others
  if (auto wrong = check_text(sight, command.text)) return *wrong;
  auto const own = [&](state::Agreement const& one) { return one.drafter == sight.view.office(); };
  auto const drafts = std::ranges::count_if(sight.view.law().agreements, [&](state::Agreement const& one) {
    return own(one) && one.state() == state::AgreementState::draft;
  });
  if (drafts >= sight.view.law().quota(model::Quota::drafts)) return refused(ReasonCode::quota);
  bool const taken = std::ranges::any_of(sight.view.law().agreements, [&](state::Agreement const& one) {
    return own(one) && one.id == command.text.id;
  });
  return taken ? refused(ReasonCode::name_taken, command.text.id) : model::accepted();
}

void apply(State& state, DraftAgreement const& command, model::Record const& record) {
  state::Agreement agreement;
  agreement.drafter = record.command.office;
  agreement.history.push_back({state::AgreementState::draft, record.time});
  set_text(agreement, resolved(state.view(viewer_of(state.law, record.command)), command.text),
           command.text_hash, record);
  state.law.agreements.push_back(std::move(agreement));
}

}  // namespace comity::commands
