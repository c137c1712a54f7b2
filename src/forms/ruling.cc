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

char const* kind_of(EffectKind kind) {
  switch (kind) {
    case EffectKind::agreement_state: return "state";
    case EffectKind::standing: return "standing";
    case EffectKind::clause_applies: return "clause_applies";
    case EffectKind::clause_ends: return "clause_ends";
    case EffectKind::suspension_declared: return "suspension_declared";
    case EffectKind::suspension_ended: return "suspension_ended";
    case EffectKind::prohibition_ended: return "prohibition_ended";
    case EffectKind::too_few_left: return "too_few_left";
  }
  return "";
}

bool is_of_clause(EffectKind kind) {
  return kind == EffectKind::clause_applies || kind == EffectKind::clause_ends ||
         kind == EffectKind::prohibition_ended;
}

// False: one of the names is not for this reader, and so the effect is not.
bool put(json::Object& out, char const* member, std::optional<std::string> const& name) {
  if (name) out[member] = *name;
  return name.has_value();
}

std::optional<json::Value> effect_json(Effect const& effect, NamesInView const& names) {
  json::Object out;
  if (!put(out, "agreement", names.agreement(effect.agreement))) return std::nullopt;
  out["kind"] = kind_of(effect.kind);
  if (is_of_clause(effect.kind) && !put(out, "clause", names.clause(effect.agreement, effect.clause)))
    return std::nullopt;
  if (effect.party && !put(out, "party", names.party(effect.party))) return std::nullopt;
  if (effect.kind == EffectKind::prohibition_ended && !put(out, "with", names.party(PartyKey(effect.value))))
    return std::nullopt;
  bool const of_text = effect.kind == EffectKind::clause_applies || effect.kind == EffectKind::clause_ends;
  auto const value = of_text ? std::optional(std::string()) : names.value_of(effect);
  if (!value) return std::nullopt;
  if (!value->empty()) out["value"] = *value;
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
