#include "release/telling.h"

namespace comity::release {

std::optional<std::string> NamesThrough::party(PartyKey key) const {
  if (!view_.knows(key)) return std::nullopt;
  return view_.name_of(key);
}

std::optional<std::string> NamesThrough::clause(AgreementKey key, uint32_t number) const {
  if (!view_.reads_text(key)) return std::nullopt;
  auto const& clauses = view_.law().agreement(key).text->clauses;
  if (number >= clauses.size()) return std::nullopt;
  return clauses[number].id;
}

std::optional<std::string> NamesThrough::value_of(model::Effect const& effect) const {
  if (effect.kind == model::EffectKind::agreement_state)
    return state::name_of(static_cast<state::AgreementState>(effect.value));
  bool const of_two = effect.kind == model::EffectKind::prohibition_ended;
  bool const meant = effect.party == view_.party() || (of_two && PartyKey(effect.value) == view_.party());
  bool const own = meant && view_.knows(effect.agreement);
  if (!own && !view_.knows_acts(effect.agreement)) return std::nullopt;
  if (effect.kind != model::EffectKind::standing) return std::string();
  return state::name_of(static_cast<state::Standing>(effect.value));
}

}  // namespace comity::release
