#include "state/view.h"

#include <gtest/gtest.h>

#include "world.h"

namespace comity::state {
namespace {

using tests::Scene;

struct Views : testing::Test {
  Scene scene;
  AgreementKey key = scene.agreement({"ru/staff", "il/staff"}, "line");

  View of(std::string const& office) { return View(scene.law, {.office = scene.office(office)}); }
  View of_the_public() { return View(scene.law, {}); }
  void show(model::Visible existence) {
    scene.edit(key, [&](model::Text& text) { text.visibility.existence = existence; });
  }
};

TEST_F(Views, HiddenAndAbsentAreOneAnswer) {
  EXPECT_EQ(of("ru/staff").agreement("ru.line"), key);
  EXPECT_TRUE(of("iq/defence").agreement("ru.line").is_none());
  EXPECT_TRUE(of("iq/defence").agreement("ru.no-such-text").is_none());
}

TEST_F(Views, AnotherOfficeOfAParticipantDoesNotKnowIt) {
  EXPECT_FALSE(of("ru/mfa").knows(key));
  EXPECT_FALSE(of("ru/mfa").has_root(key));
}

TEST_F(Views, EverybodyKnowsWhatIsPublicOnceItIsTabled) {
  show(model::Visible::to_public);
  EXPECT_TRUE(of_the_public().knows(key));
  EXPECT_FALSE(of_the_public().reads_text(key)) << "the text is another aspect";
  scene.law.agreement(key).history = {{AgreementState::draft, Scene::start}};
  EXPECT_FALSE(of_the_public().knows(key));
  EXPECT_TRUE(of("ru/staff").reads_text(key)) << "its drafter";
  EXPECT_FALSE(of("il/staff").reads_text(key)) << "B13: named in a draft, but no sponsor";
}

// B1: a draft of one's own that names a party as a whole does not show which unlisted offices it has.
TEST_F(Views, AnUnlistedOfficeShowsWhereBothHaveConsentedOrATextNamesIt) {
  OfficeKey const hidden = scene.office("iq/hidden");
  scene.law.offices[hidden.value].listing = model::Listing::unlisted;
  AgreementKey const whole = scene.agreement({"ru/staff", "iq"}, "with-all-of-iq");
  EXPECT_TRUE(of("ru/staff").knows(hidden)) << "both are parties";
  scene.edit(whole, [](model::Text& text) {
    text.visibility.existence = text.visibility.text = model::Visible::to_public;
  });
  EXPECT_FALSE(of("ru/mfa").knows(hidden))
      << "a public text, and another office of its party takes part (seed 38)";
  scene.stand(whole, "iq", Standing::negotiating);
  EXPECT_FALSE(of("ru/staff").knows(hidden)) << "iq has not agreed to anything";
  EXPECT_TRUE(of("ru/staff").office("iq/hidden").is_none());
  scene.stand(whole, "iq", Standing::contracting);
  scene.stand(whole, "ru", Standing::negotiating);
  EXPECT_FALSE(of("ru/staff").knows(hidden)) << "ru has not";
  scene.agreement({"ru/staff", "iq/hidden"}, "by-name");
  EXPECT_TRUE(of("ru/staff").knows(hidden)) << "the text says so";
}

TEST_F(Views, ARootNeedsStandingAsAParty) {
  EXPECT_TRUE(of("il/staff").has_root(key));
  scene.stand(key, "il", Standing::withdrawing);
  EXPECT_TRUE(of("il/staff").has_root(key)) << "humanitarian clauses run until the effect";
  scene.stand(key, "il", Standing::former);
  EXPECT_FALSE(of("il/staff").has_root(key));
  EXPECT_TRUE(of("ru/staff").has_root(key));
}

TEST_F(Views, WhoLeftKeepsTheTextAndWhoBelongedThenAndNothingLater) {  // B9
  scene.law.parties[scene.party("iq").value].listing = model::Listing::unlisted;
  scene.stand(key, "il", Standing::expelled);
  EXPECT_TRUE(of("il/staff").reads_text(key));
  EXPECT_TRUE(of("il/staff").knows_membership(key));
  EXPECT_FALSE(of("il/staff").knows_acts(key));
  EXPECT_TRUE(of("ru/staff").knows_acts(key));
  scene.now = scene.now + hours(1);
  scene.stand(key, "iq", Standing::party);
  EXPECT_TRUE(of("ru/staff").knows(scene.party("iq")));
  EXPECT_FALSE(of("il/staff").knows(scene.party("iq"))) << "joined when il was gone";
  scene.stand(key, "il", Standing::party);
  EXPECT_TRUE(of("il/staff").knows(scene.party("iq"))) << "and is back";
}

TEST_F(Views, ADrafterThatLeftIsToldNoActsEither) {
  scene.stand(key, "ru", Standing::former);
  EXPECT_FALSE(of("ru/staff").knows_acts(key));
  scene.edit(key, [](model::Text& text) { text.visibility.acts = model::Visible::to_public; });
  EXPECT_TRUE(of("ru/staff").knows_acts(key)) << "as everybody";
}

TEST_F(Views, NegotiatorsAreThoseWhoWereNamedInTheDraft) {
  scene.edit(key, [](model::Text& text) { text.visibility.acts = model::Visible::to_negotiators; });
  auto& spans = scene.law.agreement(key).standing.at(scene.party("il"));
  EXPECT_FALSE(of("il/staff").knows_acts(key)) << "came later";
  spans.insert(spans.begin(), {Standing::negotiating, Scene::start});
  EXPECT_TRUE(of("il/staff").knows_acts(key));
  EXPECT_FALSE(of_the_public().knows_acts(key));
}

TEST_F(Views, AnUnlistedPartyIsKnownToThoseItSharesAnAgreementWith) {
  scene.law.parties[scene.party("il").value].listing = model::Listing::unlisted;
  EXPECT_TRUE(of("il/staff").knows(scene.party("il")));
  EXPECT_TRUE(of("ru/staff").knows(scene.party("il")));
  EXPECT_FALSE(of("iq/defence").knows(scene.party("il")));
  EXPECT_TRUE(of("iq/defence").party("il").is_none());
  EXPECT_TRUE(of("iq/defence").office("il/staff").is_none());
}

TEST_F(Views, OfTwoTextsWithOneNameTheSecondIsNumberedForWhoSeesBoth) {
  AgreementKey const other = scene.agreement({"ru/mfa", "iq/defence"}, "line");
  EXPECT_EQ(of("ru/mfa").name_of(other), "ru.line") << "the first one is hidden from this office";
  EXPECT_EQ(of("ru/mfa").agreement("ru.line"), other);
  scene.edit(key, [](model::Text& text) { text.visibility.existence = model::Visible::to_public; });
  EXPECT_EQ(of("ru/mfa").name_of(other), "ru.line-2");
  EXPECT_EQ(of("ru/mfa").agreement("ru.line-2"), other);
  EXPECT_EQ(of("ru/mfa").agreement("ru.line"), key);
}

TEST_F(Views, ANameStaysWithWhatTheViewerKnewFirst) {
  AgreementKey const second = scene.agreement({"ru/mfa", "iq/defence"}, "line");
  scene.law.agreement(second).known.offices = {{scene.office("iq/defence"), 7}};
  EXPECT_EQ(of("iq/defence").name_of(second), "ru.line");
  // The older text names iq too, later, and then no more.
  scene.edit(key, [&](model::Text& text) {
    text.participants.push_back(scene.law.agreement(second).text->participants[1]);
  });
  scene.law.agreement(key).known.offices = {{scene.office("iq/defence"), 9}};
  EXPECT_EQ(of("iq/defence").name_of(second), "ru.line");
  EXPECT_EQ(of("iq/defence").name_of(key), "ru.line-2");
  scene.law.agreement(second).known.offices = {{scene.office("iq/defence"), 11}};
  scene.edit(key, [&](model::Text& text) { text.participants.pop_back(); });
  EXPECT_EQ(of("iq/defence").name_of(second), "ru.line-2") << "a name never passes to another agreement";
}

struct DerivedNames : Views {
  // Texts that iq knows, in this order.
  AgreementKey known(std::string const& slug, Index since) {
    AgreementKey const made = scene.agreement({"ru/mfa", "iq/defence"}, slug);
    scene.law.agreement(made).known.offices = {{scene.office("iq/defence"), since}};
    return made;
  }
  void expect_name(AgreementKey agreement, std::string const& name) {
    EXPECT_EQ(of("iq/defence").name_of(agreement), name);
    EXPECT_EQ(of("iq/defence").agreement(name), agreement);
  }
};

TEST_F(DerivedNames, ADerivedNameIsNotTheNameOfAnother) {
  AgreementKey const first = known("plan", 3), really = known("plan-2", 4), second = known("plan", 5);
  expect_name(first, "ru.plan");
  expect_name(really, "ru.plan-2");
  expect_name(second, "ru.plan-3");
  EXPECT_TRUE(of("iq/defence").agreement("ru.plan-4").is_none());
}

TEST_F(DerivedNames, AnAgreementReallyCalledSoComesTooLateForIt) {
  AgreementKey const first = known("plan", 3), second = known("plan", 5);
  expect_name(second, "ru.plan-2");
  AgreementKey const really = known("plan-2", 6), again = known("plan-2", 7);
  expect_name(first, "ru.plan");
  expect_name(second, "ru.plan-2");
  expect_name(really, "ru.plan-2-2");
  expect_name(again, "ru.plan-2-3");
  EXPECT_EQ(of("ru/mfa").name_of(really), "ru.plan-2-2") << "its drafter too knows another by that name";
}

TEST_F(DerivedNames, WhatIsGoneFromTheViewKeepsTheNameItWasGiven) {
  known("plan", 3);
  AgreementKey const second = known("plan", 5), really = known("plan-2", 6);
  scene.edit(second, [](model::Text& text) { text.participants.pop_back(); });
  EXPECT_FALSE(of("iq/defence").knows(second));
  EXPECT_TRUE(of("iq/defence").agreement("ru.plan-2").is_none());
  expect_name(really, "ru.plan-2-2");
}

TEST_F(Views, NamesOfATextAreResolvedAsItsDrafterKnowsThem) {
  scene.law.parties[scene.party("il").value].listing = model::Listing::unlisted;
  model::Text text;
  text.participants.resize(2);
  text.participants[0].party.name = "iq";
  text.participants[0].offices.emplace_back().name = "iq/defence";
  text.participants[1].party.name = "il";
  scene.office("iq/defence");
  auto const missing = resolve_names(of("iq/defence"), text);
  ASSERT_EQ(missing.size(), 1u) << "hidden is unknown (B2)";
  EXPECT_EQ(missing[0].name, "il");
  EXPECT_EQ(missing[0].pointer, "/participants/1/party");
  EXPECT_EQ(text.participants[0].offices[0].office, scene.office("iq/defence"));
  EXPECT_TRUE(resolve_names(of("ru/staff"), text).empty()) << "ru shares an agreement with il";
}

// G8, B5: the name alone is not enough when the text says which key it means.
TEST_F(Views, ANameWithAnotherFoundingKeyIsUnknown) {
  scene.law.parties[scene.law.party_of(scene.office("il/staff")).value].founding_key =
      "ed25519:0123456789abcdef";
  model::Text text = *scene.law.agreement(key).text;
  for (model::Participant& participant : text.participants)
    if (participant.party.name == "il") participant.founding_key = "ed25519:0123456789abcdef";
  EXPECT_TRUE(resolve_names(of("ru/staff"), text).empty());
  for (model::Participant& participant : text.participants)
    if (participant.party.name == "il") participant.founding_key = "ed25519:fedcba9876543210";
  auto const missing = resolve_names(of("ru/staff"), text);
  ASSERT_EQ(missing.size(), 1u);
  EXPECT_EQ(missing[0].code, model::ReasonCode::unknown_party);
  EXPECT_EQ(missing[0].pointer, "/participants/1/founding_key");
}

}  // namespace
}  // namespace comity::state
