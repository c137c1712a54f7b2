// What a step left in the log, in words.
#include "model/record.h"
#include "state/state.h"
#include "transcripts/short_forms.h"
#include "transcripts/stage.h"

namespace comity::transcripts {
namespace {

using model::Effect;
using model::EffectKind;

std::string effect_text(state::Law const& law, Effect const& effect) {
  state::Agreement const& agreement = law.agreement(effect.agreement);
  std::string const clause =
      effect.clause < agreement.text->clauses.size() ? agreement.text->clauses[effect.clause].id : "";
  switch (effect.kind) {
    case EffectKind::agreement_state:
      return agreement.id + " is " + state::name_of(static_cast<state::AgreementState>(effect.value));
    case EffectKind::standing:
      return agreement.id + ": " + law.party(effect.party).slug + " is " +
             state::name_of(static_cast<state::Standing>(effect.value));
    case EffectKind::clause_applies: return agreement.id + ": " + clause + " applies";
    case EffectKind::clause_ends: return agreement.id + ": " + clause + " ends";
    case EffectKind::suspension_declared: return agreement.id + ": all its parties suspend it";
    case EffectKind::suspension_ended:
      return agreement.id + ": the suspension" +
             (effect.party ? " of " + law.party(effect.party).slug : std::string()) + " has ended";
    case EffectKind::prohibition_ended:
      return agreement.id + ": " + clause + " has ended between " + law.party(effect.party).slug + " and " +
             law.party(PartyKey(effect.value)).slug;
    case EffectKind::too_few_left: return agreement.id + ": too few parties are left";
  }
  return {};
}

std::string release_text(state::State const& state, model::Release const& release,
                         model::ReleasedItem const& item) {
  std::string offices;
  for (OfficeKey office : release.offices)
    offices += (offices.empty() ? "" : ", ") + state.law.office(office).name;
  state::Agreement const& agreement = state.law.agreement(item.agreement);
  return "released " + state.holdings.item(item.item).head.id +
         (item.form.is_whole() ? "" : ", an edition,") + " to " + offices + " by " + agreement.id + " " +
         agreement.text->clauses[item.clause].id;
}

bool is_of_airspace(model::CommandKind kind) {
  return kind >= model::CommandKind::put_intent && kind <= model::CommandKind::file_error_report;
}

}  // namespace

std::vector<std::string> Stage::log_since(std::optional<Index> own) {
  std::vector<std::string> lines;
  centre_->read([&](sequencer::Glimpse const& glimpse) {
    state::State const& state = glimpse.state;
    auto const look = [&](model::Record&& record, Digest const&) -> Result<void> {
      model::Command const& command = record.command;
      std::string const kind = std::string("log: ") + model::name_of(command.kind);
      bool const news = command.kind == model::CommandKind::authenticate ||
                        command.kind == model::CommandKind::fault ||
                        command.kind == model::CommandKind::put_back ||
                        command.kind == model::CommandKind::enrol_subject || is_of_airspace(command.kind);
      if (record.index != own) {
        if (news) lines.push_back(kind);
        for (Effect const& effect : record.ruling.effects)
          lines.push_back(kind + ": " + effect_text(state.law, effect));
      }
      for (model::Release const& release : record.ruling.releases)
        for (model::ReleasedItem const& item : release.items)
          lines.push_back("log: " + release_text(state, release, item));
      return {};
    };
    auto const scanned = centre_->reader().scan(shown_, journal::Reader::Check::leaves, look);
    if (!scanned) lines.push_back("log: cannot be read: " + scanned.error().detail);
    shown_ = state.next_index;
  });
  return lines;
}

}  // namespace comity::transcripts
