#include "state/in_force.h"

#include <gtest/gtest.h>

#include "world.h"

namespace comity::state {
namespace {

using tests::Scene;

// ru and iq, one grant and one prohibition.
struct InForce : testing::Test {
  Scene scene;
  AgreementKey key = scene.agreement({"ru/staff", "iq/defence"});
  size_t grant = scene.grant(key), prohibition = scene.prohibit(key);
  PartyKey ru = scene.party("ru"), iq = scene.party("iq");

  bool runs(size_t clause) { return in_force(scene.law.agreement(key), clause, ru, iq); }
  void make_humanitarian() {
    scene.edit(key, [&](model::Text& text) { text.clauses[grant].humanitarian = true; });
  }
};

TEST_F(InForce, BetweenPartiesOfAnAgreementInForce) {
  EXPECT_TRUE(runs(grant));
  EXPECT_TRUE(runs(prohibition));
}

TEST_F(InForce, OnlyWhileTheClauseItselfApplies) {
  scene.law.agreement(key).clauses[grant].applies_since = never;
  EXPECT_FALSE(runs(grant)) << "its applies_from has not come true";
  scene.law.agreement(key).clauses[grant] = {.applies_since = Scene::start, .applies_until = scene.now};
  EXPECT_FALSE(runs(grant)) << "its applies_until has";
}

TEST_F(InForce, ASignatureGivesNothing) {
  scene.stand(key, "iq", Standing::signatory);
  EXPECT_FALSE(runs(grant));
  scene.stand(key, "iq", Standing::contracting);
  EXPECT_FALSE(runs(grant));
  scene.stand(key, "iq", Standing::provisional);
  EXPECT_TRUE(runs(grant));
}

TEST_F(InForce, ASuspendedAgreementStillProhibits) {
  scene.become(key, AgreementState::suspended);
  EXPECT_FALSE(runs(grant));
  EXPECT_TRUE(runs(prohibition)) << "G11";
}

TEST_F(InForce, HumanitarianAndNonSuspendableClausesOutliveSuspension) {
  scene.become(key, AgreementState::suspended);
  make_humanitarian();
  EXPECT_TRUE(runs(grant));
  scene.edit(key, [&](model::Text& text) {
    text.clauses[grant].humanitarian = false;
    text.suspension.non_suspendable = {text.clauses[grant].id};
  });
  EXPECT_TRUE(runs(grant));
  scene.stand(key, "iq", Standing::suspended);
  EXPECT_TRUE(runs(grant)) << "nor does the suspension of one party end it";
}

TEST_F(InForce, NoticeOfWithdrawalStopsBothDirections) {
  scene.stand(key, "iq", Standing::withdrawing);
  EXPECT_FALSE(runs(grant));
  EXPECT_TRUE(runs(prohibition));
  make_humanitarian();
  EXPECT_TRUE(runs(grant)) << "humanitarian duties run to the effective date";
}

TEST_F(InForce, UnlessTheTextSaysReciprocalUntilEffect) {
  scene.stand(key, "iq", Standing::withdrawing);
  scene.edit(key,
             [](model::Text& text) { text.withdrawal.incoming = model::Incoming::reciprocal_until_effect; });
  EXPECT_TRUE(runs(grant));
}

TEST_F(InForce, NobodyLeavesAProhibitionByLeaving) {
  for (Standing const left :
       {Standing::suspended, Standing::withdrawing, Standing::former, Standing::expelled}) {
    scene.stand(key, "ru", left);
    EXPECT_FALSE(runs(grant)) << name_of(left);
    EXPECT_TRUE(runs(prohibition)) << name_of(left);
  }
}

TEST_F(InForce, AfterTerminationOnlyWhatSurvives) {
  scene.become(key, AgreementState::terminated);
  EXPECT_FALSE(runs(grant));
  EXPECT_FALSE(runs(prohibition));
  scene.edit(key, [&](model::Text& text) { text.survival = {text.clauses[prohibition].id}; });
  EXPECT_TRUE(runs(prohibition));
}

TEST_F(InForce, StandingCountsFromTheFirstTimeAsAParty) {
  scene.stand(key, "iq", Standing::suspended);
  scene.now = scene.now + days(1);
  scene.stand(key, "iq", Standing::party);
  EXPECT_EQ(standing_since(scene.law.agreement(key), iq), Scene::start);
  EXPECT_EQ(standing_since(scene.law.agreement(key), scene.party("sy")), never);
}

TEST_F(InForce, AGapIsWhatWasContributedWhileSuspended) {
  UtcTime const suspended = scene.now, resumed = suspended + hours(1);
  scene.become(key, AgreementState::suspended);
  scene.now = resumed;
  scene.become(key, AgreementState::in_force);
  auto const in_gap = [&](UtcTime time) {
    return gap(scene.law.agreement(key), grant, ru, iq, {time, scene.next});
  };
  EXPECT_FALSE(in_gap(suspended - microseconds(1)));
  EXPECT_TRUE(in_gap(suspended)) << "half-open: the first moment is in";
  EXPECT_TRUE(in_gap(resumed - microseconds(1)));
  EXPECT_FALSE(in_gap(resumed)) << "and the last is not";
  make_humanitarian();
  EXPECT_FALSE(in_gap(suspended)) << "this clause never stopped";
}

TEST_F(InForce, BeforeTheFirstStandingThereIsNoGap) {
  scene.law.agreement(key).standing[iq] = {{Standing::contracting, Scene::start, 0},
                                           {Standing::party, scene.now, 0}};
  EXPECT_FALSE(gap(scene.law.agreement(key), grant, ru, iq, {scene.now - hours(1), 0}))
      << "there retroactivity decides";
}

// G14: a clock that was set back gives many records one time.
TEST_F(InForce, OfTwoThingsAtOneTimeTheIndexSaysWhichCameFirst) {
  Index const before = scene.next++;
  scene.become(key, AgreementState::suspended);
  Index const meanwhile = scene.next++;
  scene.become(key, AgreementState::in_force);
  Index const after = scene.next++;
  auto const in_gap = [&](Index index) {
    return gap(scene.law.agreement(key), grant, ru, iq, {scene.now, index});
  };
  EXPECT_FALSE(in_gap(before));
  EXPECT_TRUE(in_gap(meanwhile));
  EXPECT_FALSE(in_gap(after));
  scene.stand(key, "sy", Standing::party);
  EXPECT_FALSE(had_joined(scene.law.agreement(key), scene.party("sy"), {scene.now, after}));
  EXPECT_TRUE(had_joined(scene.law.agreement(key), scene.party("sy"), {scene.now, scene.next}));
}

}  // namespace
}  // namespace comity::state
