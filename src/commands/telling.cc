#include "commands/telling.h"

namespace comity::commands {
namespace {

model::ToldItem told_item(state::State const& state, model::ReleasedItem const& released) {
  state::Agreement const& agreement = state.law.agreement(released.agreement);
  model::ToldItem told{agreement.text_hash, agreement.text->clauses[released.clause].id, {}, {}, {}};
  if (!released.form.is_whole()) return told;
  state::Item const& item = state.holdings.item(released.item);
  told.id = item.head.id;
  told.version = item.head.version;
  told.commitment = item.commitment;
  return told;
}

model::ToldEffect told_effect(state::Law const& law, model::Effect const& effect) {
  using Kind = model::EffectKind;
  state::Agreement const& agreement = law.agreement(effect.agreement);
  model::ToldEffect told{effect.kind, agreement.text_hash, {}, {}, effect.value, effect.at};
  if (effect.party) told.party = law.party(effect.party).slug;
  if (effect.kind == Kind::prohibition_ended)
    told.party += " " + law.party(PartyKey(effect.value)).slug, told.value = 0;  // no key of the machine (E2)
  if (effect.kind == Kind::clause_applies || effect.kind == Kind::clause_ends ||
      effect.kind == Kind::prohibition_ended)
    told.clause = agreement.text->clauses[effect.clause].id;
  return told;
}

}  // namespace

std::vector<model::Telling> tellings(state::State const& after, model::Record const& record) {
  std::vector<model::Telling> all;
  for (model::Release const& release : record.ruling.releases) {
    model::Telling telling{record.time, {}, {}};
    for (model::ReleasedItem const& item : release.items) telling.items.push_back(told_item(after, item));
    all.push_back(std::move(telling));
  }
  for (model::Effect const& effect : record.ruling.effects)
    all.push_back({record.time, {}, {told_effect(after.law, effect)}});
  return all;
}

}  // namespace comity::commands
