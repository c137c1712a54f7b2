#include "forms/ruling.h"

namespace comity::forms {
namespace {

using model::Effect;
using model::EffectKind;

json::Value reason_json(model::Reason const& reason, NamesInView const& names) {
  json::Object out{{"code", model::name_of(reason.code)}};
  if (reason.agreement) {
    auto const name = names.agreement(reason.agreement);
    out["agreement"] = name.value_or("another rule");
    if (name && !reason.clause.empty() && names.reads_text(reason.agreement)) out["clause"] = reason.clause;
  } else if (!reason.clause.empty()) {
    out["clause"] = reason.clause;  // of a text the author sent, which is no agreement yet
  }
  if (!reason.subject.empty()) out["subject"] = reason.subject;
  out["detail"] = model::advice_of(reason.code);
  return out;
}

std::optional<json::Value> effect_json(Effect const& effect, NamesInView const& names) {
  auto const agreement = names.agreement(effect.agreement);
  if (!agreement) return std::nullopt;
  json::Object out{{"agreement", *agreement}};
  if (effect.kind == EffectKind::clause_applies || effect.kind == EffectKind::clause_ends) {
    auto const clause = names.clause(effect.agreement, effect.clause);
    if (!clause) return std::nullopt;
    out["kind"] = effect.kind == EffectKind::clause_applies ? "clause_applies" : "clause_ends";
    out["clause"] = *clause;
  } else {
    auto const value = names.value_of(effect);
    if (!value) return std::nullopt;
    out["kind"] = effect.kind == EffectKind::standing ? "standing" : "state";
    if (effect.kind == EffectKind::standing) {
      auto const party = names.party(effect.party);
      if (!party) return std::nullopt;
      out["party"] = *party;
    }
    out["value"] = *value;
  }
  out["at"] = to_text(effect.at);
  return out;
}

}  // namespace

json::Value ruling_json(model::Ruling const& ruling, NamesInView const& names) {
  json::Array reasons, effects;
  for (auto const& reason : ruling.reasons) reasons.push_back(reason_json(reason, names));
  for (auto const& effect : ruling.effects)
    if (auto told = effect_json(effect, names)) effects.push_back(std::move(*told));
  return json::Object{{"outcome", ruling.accepted() ? "accepted" : "refused"},
                      {"reasons", std::move(reasons)},
                      {"effects", std::move(effects)}};
}

}  // namespace comity::forms
