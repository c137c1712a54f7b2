#include "forms/ruling.h"

#include <gtest/gtest.h>

namespace comity::forms {
namespace {

using model::Effect;
using model::EffectKind;
using model::ReasonCode;

constexpr AgreementKey centre{0u}, staff{1u}, memorandum{2u};
constexpr PartyKey ru{0u}, il{1u};

// Knows the centre whole, that there is a memorandum, and nothing of the staff agreement or of il.
class IraqsView : public NamesInView {
 public:
  std::optional<std::string> agreement(AgreementKey key) const override {
    if (key == centre) return "ru.baghdad-centre";
    if (key == memorandum) return "us.flight-safety-ru";
    return std::nullopt;
  }
  std::optional<std::string> party(PartyKey key) const override {
    return key == ru ? std::optional<std::string>("ru") : std::nullopt;
  }
  bool reads_text(AgreementKey key) const override { return key == centre; }
  std::optional<std::string> clause(AgreementKey key, uint32_t number) const override {
    return reads_text(key) ? std::optional("clause-" + std::to_string(number)) : std::nullopt;
  }
  std::optional<std::string> value_of(Effect const& effect) const override {
    if (effect.kind == EffectKind::standing && effect.agreement != centre) return std::nullopt;
    return effect.kind == EffectKind::standing ? "party" : "in_force";
  }
};

std::string told(model::Ruling const& ruling) { return json::write(ruling_json(ruling, IraqsView())); }

std::string advice(ReasonCode code) { return json::write(json::Value(model::advice_of(code))); }

TEST(RulingForm, AcceptedWithoutEffects) {
  EXPECT_EQ(told(model::accepted()), R"({"outcome":"accepted","reasons":[],"effects":[]})");
}

TEST(RulingForm, AReasonSaysWhatWasSentAndWhatToDo) {
  EXPECT_EQ(told(model::refused(ReasonCode::unknown_party, "xx")),
            R"({"outcome":"refused","reasons":[{"code":"unknown_party","subject":"xx","detail":)" +
                advice(ReasonCode::unknown_party) + R"(}],"effects":[]})");
}

TEST(RulingForm, AKnownAgreementIsNamedWithItsClause) {
  EXPECT_NE(told(model::refused({ReasonCode::third_party_rule, centre, "share-core", ""}))
                .find(R"("agreement":"ru.baghdad-centre","clause":"share-core")"),
            std::string::npos);
}

TEST(RulingForm, AHiddenAgreementIsAnotherRule) {
  std::string const text = told(model::refused({ReasonCode::third_party_rule, staff, "share-secret", ""}));
  EXPECT_NE(text.find(R"("agreement":"another rule")"), std::string::npos);
  EXPECT_EQ(text.find("share-secret"), std::string::npos);
}

TEST(RulingForm, AClauseOfATextOneMayNotReadIsNotNamed) {
  std::string const text = told(model::refused({ReasonCode::third_party_rule, memorandum, "airspace", ""}));
  EXPECT_NE(text.find(R"("agreement":"us.flight-safety-ru")"), std::string::npos);
  EXPECT_EQ(text.find("airspace"), std::string::npos);
}

model::Ruling with_effects(std::vector<Effect> effects) {
  model::Ruling ruling;
  ruling.effects = std::move(effects);
  return ruling;
}

Effect effect(EffectKind kind, AgreementKey agreement, PartyKey party) {
  Effect made;
  made.kind = kind;
  made.agreement = agreement;
  made.party = party;
  made.clause = 1;
  return made;
}

TEST(RulingForm, EffectsOnWhatOneKnows) {
  EXPECT_EQ(
      told(with_effects({effect(EffectKind::agreement_state, centre, {}),
                         effect(EffectKind::standing, centre, ru),
                         effect(EffectKind::clause_applies, centre, {})})),
      R"({"outcome":"accepted","reasons":[],"effects":[)"
      R"({"agreement":"ru.baghdad-centre","kind":"state","value":"in_force","at":"1970-01-01T00:00:00.000000Z"},)"
      R"({"agreement":"ru.baghdad-centre","kind":"standing","party":"ru","value":"party","at":"1970-01-01T00:00:00.000000Z"},)"
      R"({"agreement":"ru.baghdad-centre","kind":"clause_applies","clause":"clause-1","at":"1970-01-01T00:00:00.000000Z"}]})");
}

TEST(RulingForm, EffectsOnWhatOneMayNotKnowAreNotTold) {
  EXPECT_EQ(
      told(with_effects(
          {effect(EffectKind::agreement_state, staff, {}), effect(EffectKind::standing, staff, ru),
           effect(EffectKind::standing, centre, il), effect(EffectKind::standing, memorandum, ru),
           effect(EffectKind::clause_applies, memorandum, {}), effect(EffectKind::clause_ends, staff, {})})),
      R"({"outcome":"accepted","reasons":[],"effects":[]})");
}

TEST(RulingForm, ReleasesAreNobodysAnswer) {
  model::Ruling ruling;
  ruling.releases.push_back({{OfficeKey{3u}}, {{}}});
  EXPECT_EQ(told(ruling), R"({"outcome":"accepted","reasons":[],"effects":[]})");
}

}  // namespace
}  // namespace comity::forms
