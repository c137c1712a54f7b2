#include "state/settle.h"

#include <gtest/gtest.h>

#include "world.h"

namespace comity::state {
namespace {

using model::Condition;
using model::EffectKind;
using tests::Scene;

Condition date(UtcTime time) {
  Condition condition;
  condition.kind = Condition::Kind::date;
  condition.date = time;
  return condition;
}

// A text that is open and enters into force when all have consented; nobody has yet.
struct Settle : testing::Test {
  Scene scene;
  AgreementKey key = scene.agreement({"ru/staff", "iq/defence"});
  size_t clause = scene.grant(key);

  Settle() {
    agreement().history = {{AgreementState::open, Scene::start}};
    for (auto& [party, spans] : agreement().standing) spans = {{Standing::negotiating, Scene::start}};
    agreement().clauses[clause] = {};
    scene.edit(key, [](model::Text& text) { text.entry_into_force.kind = Condition::Kind::consents_all; });
  }
  Agreement& agreement() { return scene.law.agreement(key); }
  std::vector<model::Effect> settled() { return settle(scene.law, scene.now); }
  void all_consent() {
    for (char const* slug : {"ru", "iq"}) scene.stand(key, slug, Standing::contracting);
  }
};

TEST_F(Settle, NothingToDoIsNothingDone) {
  EXPECT_TRUE(settled().empty());
  scene.stand(key, "ru", Standing::contracting);
  EXPECT_TRUE(settled().empty()) << "one of two";
}

TEST_F(Settle, TheLastConsentBringsEverythingElse) {
  all_consent();
  auto const effects = settled();
  ASSERT_EQ(effects.size(), 4u);
  EXPECT_EQ(effects[0].kind, EffectKind::agreement_state);
  EXPECT_EQ(effects[1].kind, EffectKind::standing);
  EXPECT_EQ(effects[2].kind, EffectKind::standing);
  EXPECT_EQ(effects[3].kind, EffectKind::clause_applies);
  EXPECT_EQ(agreement().state(), AgreementState::in_force);
  EXPECT_EQ(agreement().standing_of(scene.party("iq")), Standing::party);
  EXPECT_EQ(agreement().clauses[clause].applies_since, scene.now);
  EXPECT_TRUE(settled().empty()) << "and then nothing more";
}

TEST_F(Settle, WhatWasRuledIsAppliedTheSameWay) {
  all_consent();
  Law replayed = scene.law;
  for (model::Effect const& effect : settled()) apply_effect(replayed, effect);
  EXPECT_EQ(replayed.agreement(key).state(), AgreementState::in_force);
  EXPECT_EQ(replayed.agreement(key).clauses[clause].applies_since, scene.now);
}

TEST_F(Settle, ALateJoinerWaits) {
  all_consent();
  settled();
  scene.edit(key, [](model::Text& text) { text.late_joiner_delay = hours(2); });
  scene.stand(key, "iq", Standing::contracting);
  EXPECT_TRUE(settled().empty());
  EXPECT_EQ(next_deadline(scene.law, scene.now), scene.now + hours(2));
  scene.now = scene.now + hours(2);
  EXPECT_EQ(settled().size(), 1u);
  EXPECT_EQ(agreement().standing_of(scene.party("iq")), Standing::party);
}

TEST_F(Settle, AClauseBeginsAndEndsOnItsDates) {
  all_consent();
  UtcTime const begins = scene.now + hours(1), ends = begins + hours(1);
  scene.edit(key, [&](model::Text& text) {
    text.clauses[clause].applies_from = date(begins);
    text.clauses[clause].applies_until = date(ends);
  });
  settled();
  EXPECT_EQ(agreement().clauses[clause].applies_since, never);
  EXPECT_EQ(next_deadline(scene.law, scene.now), begins);
  scene.now = begins;
  EXPECT_EQ(settled().at(0).kind, EffectKind::clause_applies);
  EXPECT_EQ(next_deadline(scene.law, scene.now), ends);
  scene.now = ends;
  EXPECT_EQ(settled().at(0).kind, EffectKind::clause_ends);
}

TEST_F(Settle, OneAgreementEntersIntoForceBecauseAnotherDoes) {
  AgreementKey const second = scene.agreement({"sy/staff"}, "after");
  scene.law.agreement(second).history = {{AgreementState::open, Scene::start}};
  scene.edit(second, [&](model::Text& text) {
    text.entry_into_force.kind = Condition::Kind::in_force;
    text.entry_into_force.agreement_key = key;
  });
  EXPECT_TRUE(settled().empty());
  all_consent();
  settled();
  EXPECT_EQ(scene.law.agreement(second).state(), AgreementState::in_force);
}

TEST_F(Settle, ATermEndsTheAgreement) {
  all_consent();
  scene.edit(key, [&](model::Text& text) { text.term = scene.now + days(1); });
  settled();
  EXPECT_EQ(next_deadline(scene.law, scene.now), scene.now + days(1));
  scene.now = scene.now + days(1);
  settled();
  EXPECT_EQ(agreement().state(), AgreementState::terminated);
  EXPECT_EQ(next_deadline(scene.law, scene.now), never);
}

TEST_F(Settle, AdoptedWhenEveryParticipantHasSponsored) {
  agreement().history = {{AgreementState::tabled, Scene::start}};
  agreement().sponsored = {scene.party("ru")};
  EXPECT_TRUE(due_for_authentication(scene.law).is_none());
  agreement().sponsored.insert(scene.party("iq"));
  EXPECT_EQ(due_for_authentication(scene.law), key);
}

}  // namespace
}  // namespace comity::state
