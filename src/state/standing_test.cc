#include "state/standing.h"

#include <gtest/gtest.h>

#include "state/in_force.h"
#include "state/settle.h"
#include "world.h"

namespace comity::state {
namespace {

using model::EffectKind;
using tests::Scene;

// Three parties; each test declares something and lets time pass.
struct Leaving : testing::Test {
  Scene scene;
  AgreementKey key = scene.agreement({"ru/staff", "iq/defence", "ir/staff"});
  size_t grant = scene.grant(key), prohibition = scene.prohibit(key);
  PartyKey ru = scene.party("ru"), iq = scene.party("iq"), ir = scene.party("ir");

  Agreement& agreement() { return scene.law.agreement(key); }
  Part& part(PartyKey party) { return agreement().parts[party]; }
  void text(auto const& change) { scene.edit(key, change); }
  std::vector<model::Effect> settled() { return settle(scene.law, scene.now); }
  Standing standing(PartyKey party) {
    settled();
    return agreement().standing_of(party);
  }
  void suspend(PartyKey party) { part(party).suspension = {scene.now, {}, {}}; }
  void leave(PartyKey party, Duration notice = days(30)) { part(party).leaves_at = scene.now + notice; }
};

TEST_F(Leaving, NothingDeclaredIsNothingDone) {
  EXPECT_TRUE(settled().empty());
  EXPECT_EQ(next_change(scene.law, key, scene.now), never);
}

TEST_F(Leaving, ANoticeOfSuspensionRunsOut) {
  part(ru).suspension = {scene.now + hours(1), {}, {}};
  EXPECT_EQ(standing(ru), Standing::party);
  EXPECT_EQ(next_deadline(scene.law, scene.now), scene.now + hours(1));
  scene.now = scene.now + hours(1);
  EXPECT_EQ(standing(ru), Standing::suspended) << "half-open: from that moment on";
  EXPECT_EQ(standing(iq), Standing::party);
}

TEST_F(Leaving, TwoCausesNeedTwoEnds) {
  suspend(ru);
  scene.law.emergencies.push_back({ru, {}, scene.now, scene.now + hours(2), "why"});
  EXPECT_EQ(standing(ru), Standing::suspended);
  part(ru).suspension = {};
  EXPECT_EQ(standing(ru), Standing::suspended);
  EXPECT_EQ(next_deadline(scene.law, scene.now), scene.now + hours(2));
  scene.now = scene.now + hours(2);
  EXPECT_EQ(standing(ru), Standing::party);
}

TEST_F(Leaving, AnEmergencyOfAnAgreementSuspendsItAsAWhole) {
  scene.law.emergencies.push_back({{}, key, scene.now, scene.now + hours(2), "why"});
  settled();
  EXPECT_EQ(agreement().state(), AgreementState::suspended);
  EXPECT_EQ(agreement().standing_of(ru), Standing::party);
  scene.now = scene.now + hours(2);
  settled();
  EXPECT_EQ(agreement().state(), AgreementState::in_force);
}

TEST_F(Leaving, SuspendedAndWithdrawingStopWhatEitherStops) {
  size_t const spared = scene.grant(key), humane = scene.grant(key);
  text([&](model::Text& t) {
    t.suspension.non_suspendable = {t.clauses[spared].id};
    t.clauses[humane].humanitarian = true;
    t.withdrawal.incoming = model::Incoming::reciprocal_until_effect;
  });
  leave(ru);
  EXPECT_EQ(standing(ru), Standing::withdrawing);
  EXPECT_TRUE(in_force(agreement(), grant, ru, iq)) << "reciprocal until the effect";
  suspend(ru);
  EXPECT_EQ(standing(ru), Standing::suspended_withdrawing);
  EXPECT_FALSE(in_force(agreement(), grant, ru, iq)) << "a notice gives nothing back that a suspension took";
  EXPECT_TRUE(in_force(agreement(), spared, ru, iq));
  text([&](model::Text& t) { t.withdrawal.incoming = model::Incoming::stops_at_notice; });
  EXPECT_FALSE(in_force(agreement(), spared, ru, iq));
  EXPECT_TRUE(in_force(agreement(), humane, ru, iq));
  EXPECT_TRUE(in_force(agreement(), prohibition, ru, iq)) << "G11";
}

TEST_F(Leaving, ANoticeOfWithdrawalRunsOutAlsoInASuspension) {
  suspend(ru);
  leave(ru);
  EXPECT_EQ(standing(ru), Standing::suspended_withdrawing);
  scene.now = scene.now + days(30);
  EXPECT_EQ(standing(ru), Standing::former);
  EXPECT_TRUE(settled().empty());
  EXPECT_TRUE(agreement().parts.empty()) << "it has nothing declared any more";
}

TEST_F(Leaving, AResumptionByAllNeedsThoseWhoAreLeft) {
  text([](model::Text& t) { t.suspension.resume = model::ResumeBy::all; });
  suspend(ru);
  EXPECT_EQ(standing(ru), Standing::suspended);
  part(ru).suspension.resumed = {ru, iq};
  EXPECT_EQ(standing(ru), Standing::suspended) << "ir has not agreed";
  leave(ir, {});
  EXPECT_EQ(standing(ir), Standing::former);
  EXPECT_EQ(standing(ru), Standing::party) << "and is not asked any more";
}

TEST_F(Leaving, BySuspenderItIsTheSuspendersWord) {
  text([](model::Text& t) { t.suspension.resume = model::ResumeBy::suspender; });
  suspend(ru);
  part(ru).suspension.resumed = {iq, ir};
  EXPECT_EQ(standing(ru), Standing::suspended);
  part(ru).suspension.resumed = {ru};
  EXPECT_EQ(standing(ru), Standing::party);
}

TEST_F(Leaving, AllMustAskForASuspensionByAll) {
  text([](model::Text& t) {
    t.suspension.by = model::SuspensionBy::all;
    t.suspension.notice = hours(1);
  });
  agreement().asked = {ru, iq};
  EXPECT_TRUE(settled().empty());
  agreement().asked.insert(ir);
  auto const effects = settled();
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(effects[0].kind, EffectKind::suspension_declared);
  EXPECT_EQ(next_deadline(scene.law, scene.now), scene.now + hours(1));
  scene.now = scene.now + hours(1);
  settled();
  EXPECT_EQ(agreement().state(), AgreementState::suspended);
  agreement().suspension.resumed = {iq};
  text([](model::Text& t) { t.suspension.resume = model::ResumeBy::suspender; });
  settled();
  EXPECT_EQ(agreement().state(), AgreementState::in_force);
  EXPECT_TRUE(agreement().asked.empty()) << "the next suspension is asked for anew";
}

struct TooFew : Leaving, testing::WithParamInterface<std::pair<model::TooFew, AgreementState>> {};
TEST_P(TooFew, AreLeft) {
  text([](model::Text& t) { t.min_parties = {.n = 3, .effect = GetParam().first}; });
  EXPECT_TRUE(settled().empty());
  suspend(iq);
  settled();
  EXPECT_EQ(agreement().state(), AgreementState::in_force) << "who is suspended is still a party (VCLT 55)";
  leave(ru, {});
  settled();
  EXPECT_EQ(agreement().state(), GetParam().second);
  EXPECT_EQ(agreement().ended_by_leaving, GetParam().first == model::TooFew::terminate);
  EXPECT_TRUE(in_force(agreement(), prohibition, ru, ir)) << "G11";
}
INSTANTIATE_TEST_SUITE_P(Effects, TooFew,
                         testing::Values(std::pair(model::TooFew::none, AgreementState::in_force),
                                         std::pair(model::TooFew::suspend, AgreementState::suspended),
                                         std::pair(model::TooFew::terminate, AgreementState::terminated)));

TEST_F(Leaving, TooFewIsAboutThoseWhoLeftNotThoseWhoNeverCame) {
  text([](model::Text& t) { t.min_parties = {.n = 9, .effect = model::TooFew::terminate}; });
  EXPECT_TRUE(settled().empty());
}

TEST_F(Leaving, AProhibitionEndsBetweenTheTwoWhoSignThat) {
  agreement().prohibition_consents = {{uint32_t(prohibition), ru, iq}, {uint32_t(prohibition), ru, ir}};
  EXPECT_TRUE(settled().empty());
  agreement().prohibition_consents.insert({uint32_t(prohibition), iq, ru});
  auto const effects = settled();
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(effects[0].kind, EffectKind::prohibition_ended);
  EXPECT_FALSE(in_force(agreement(), prohibition, ru, iq));
  EXPECT_FALSE(in_force(agreement(), prohibition, iq, ru));
  EXPECT_TRUE(in_force(agreement(), prohibition, ru, ir));
  EXPECT_TRUE(settled().empty());
}

// What survives the end is still left, suspended, and ends.
TEST_F(Leaving, WhatOutlivesTheAgreementGoesOnAsBefore) {
  UtcTime const term = scene.now + hours(1), end = scene.now + hours(3);
  size_t const other = scene.grant(key);
  text([&](model::Text& t) {
    t.term = term;
    t.survival = {t.clauses[grant].id, t.clauses[other].id};
    t.clauses[grant].applies_until.emplace();
    t.clauses[grant].applies_until->kind = model::Condition::Kind::date;
    t.clauses[grant].applies_until->date = end;
  });
  scene.law.emergencies.push_back({ru, {}, scene.now, scene.now + hours(2), "why"});
  settled();
  scene.now = term;
  settled();
  ASSERT_EQ(agreement().state(), AgreementState::terminated);
  EXPECT_FALSE(in_force(agreement(), other, ru, iq));
  EXPECT_EQ(next_deadline(scene.law, scene.now), scene.now + hours(1)) << "the emergency ends";
  scene.now = scene.now + hours(1);
  EXPECT_EQ(standing(ru), Standing::party);
  EXPECT_TRUE(in_force(agreement(), grant, ru, iq));
  suspend(iq);
  EXPECT_EQ(standing(iq), Standing::suspended);
  EXPECT_FALSE(in_force(agreement(), grant, ru, iq));
  part(iq).suspension = {};
  settled();
  EXPECT_EQ(next_deadline(scene.law, scene.now), end);
  scene.now = end;
  settled();
  EXPECT_FALSE(in_force(agreement(), grant, ru, iq)) << "its own end";
  EXPECT_TRUE(in_force(agreement(), other, ru, iq));
  leave(ru, {});
  EXPECT_EQ(standing(ru), Standing::former);
}

TEST_F(Leaving, WhoJoinsMakesEnoughOfTooFew) {
  text([](model::Text& t) {
    t.min_parties = {.n = 3, .effect = model::TooFew::suspend};
    t.late_joiner_delay = hours(1);
  });
  PartyKey const late = scene.party("sy");
  agreement().standing[late] = {{Standing::contracting, scene.now, scene.next++}};
  leave(ru, {});
  settled();
  ASSERT_EQ(agreement().state(), AgreementState::suspended);
  EXPECT_EQ(next_deadline(scene.law, scene.now), scene.now + hours(1));
  scene.now = scene.now + hours(1);
  EXPECT_EQ(standing(late), Standing::party);
  EXPECT_EQ(agreement().state(), AgreementState::in_force);
}

// Gaps: of i's own items by i's own word.
struct Gap : Leaving {
  Moment in_the_gap;

  Gap() {
    suspend(ru);
    settled();
    scene.law.enter_in_log(scene.next++);
    scene.now = scene.now + hours(1);
    in_the_gap = {scene.now, scene.next++};
    scene.now = scene.now + hours(1);
  }
  void resume(std::set<PartyKey> with_gap) {
    part(ru).suspension.resumed = {ru};
    part(ru).suspension.with_gap = std::move(with_gap);
    settled();
    scene.law.enter_in_log(scene.next++);
  }
};

TEST_F(Gap, StaysOut) {
  EXPECT_TRUE(gap(agreement(), grant, ru, iq, in_the_gap));
  resume({});
  EXPECT_TRUE(gap(agreement(), grant, ru, iq, in_the_gap));
  EXPECT_TRUE(gap(agreement(), grant, iq, ru, in_the_gap));
  EXPECT_FALSE(gap(agreement(), grant, iq, ir, in_the_gap)) << "between the others there was none";
  EXPECT_TRUE(gap_is_over(agreement(), iq, in_the_gap, {scene.now, scene.next}));
  EXPECT_FALSE(gap_is_over(agreement(), iq, in_the_gap, in_the_gap));
}

TEST_F(Gap, IsGivenByWhomItIsOf) {
  resume({ru});
  EXPECT_FALSE(gap(agreement(), grant, ru, iq, in_the_gap));
  EXPECT_TRUE(gap(agreement(), grant, iq, ru, in_the_gap)) << "iq has not said so";
}

// A20: ru's word is about ru's suspension; what iq's kept from iq besides is not given by it.
TEST_F(Gap, OneWordIsAboutOneSuspension) {
  suspend(iq);
  settled();
  scene.law.enter_in_log(scene.next++);
  Moment const in_both{scene.now, scene.next++};
  resume({ru});
  part(iq).suspension.resumed = {iq};
  text([](model::Text& t) { t.suspension.resume = model::ResumeBy::suspender; });
  settled();
  scene.law.enter_in_log(scene.next++);
  EXPECT_TRUE(gap(agreement(), grant, ru, iq, in_both));
  EXPECT_FALSE(gap(agreement(), grant, ru, ir, in_both));
}

TEST_F(Gap, APauseIsKnownByWhatItSeparates) {
  auto const pause = [&](PartyKey i, PartyKey j) {
    return last_pause(agreement(), grant, i, j, {scene.now, not_in_the_log});
  };
  resume({});
  ASSERT_TRUE(pause(ru, iq));
  EXPECT_LT(pause(ru, iq)->from, in_the_gap);
  EXPECT_GT(pause(ru, iq)->until, in_the_gap);
  EXPECT_TRUE(pause(iq, ru));
  EXPECT_FALSE(pause(iq, ir));
}

TEST_F(Gap, OfANoticeThatWasTakenBackIsNotGiven) {
  resume({ru});
  leave(ru);
  settled();
  scene.law.enter_in_log(scene.next++);
  Moment const after_notice{scene.now, scene.next++};
  part(ru).leaves_at = never;
  EXPECT_EQ(standing(ru), Standing::party);
  EXPECT_TRUE(gap(agreement(), grant, ru, iq, after_notice));
}

}  // namespace
}  // namespace comity::state
