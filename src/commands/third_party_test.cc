// The third-party rule (20-release; 25-isolation A1, A12–A16, G11), one attack or one right of a party to a test.
//
// il and ru share il.pact; ru and iq share ru.centre-pact. What ru holds of il's it holds through il.pact only, and may
// not give it to iq; what it has from elsewhere it may.
#include "commands/third_party.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "machine_world.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::ReasonCode;
using tests::Machine;
using tests::Object;

class ThirdParty : public testing::Test {
 protected:
  ThirdParty() {
    machine.party("il", {"staff"});
    machine.party("ru", {"staff", "mfa"});
    machine.party("iq", {"defence"});
    machine.in_force("il.pact", {"il/staff", "ru/staff"}, {tests::grant_to_others()});
    machine.in_force("ru.joint", {"ru/staff", "ru/mfa", "iq/defence"}, {tests::grant_to_others()});
  }

  static Object theirs() { return {.id = "indicator--1", .words = "what il knows"}; }

  void given(std::string const& office, std::string const& agreement, Object const& object) {
    machine.must(machine.contribution(office, agreement, object));
  }
  void il_gives(Object const& object = theirs()) {
    given("il/staff", "il.pact", object);
    ASSERT_TRUE(machine.has("ru/staff", object.id));
  }

  model::Ruling passed_on(Object const& object, std::string const& office = "ru/staff") {
    return machine.ask(machine.contribution(office, "ru.joint", object));
  }
  bool stopped(Object const& object, std::string const& office = "ru/staff") {
    model::Ruling const ruling = passed_on(object, office);
    if (!ruling.accepted()) EXPECT_EQ(ruling.reasons[0].code, ReasonCode::third_party_rule);
    return !ruling.accepted();
  }

  // il consents that ru passes this version on into the agreement with this text.
  void il_consents(std::string const& text = "ru.joint", std::string const& version = theirs().version) {
    machine.must(machine.signed_by("il/staff", CommandKind::consent_onward,
                                   ConsentOnward{theirs().id, version, "ru", tests::digest_of(text)}));
  }
  void ru_claims(std::string const& id) {
    machine.must(
        machine.signed_by("ru/staff", CommandKind::claim_independent_source, ClaimIndependentSource{id}));
  }
  // ru was served an edition of il's item under another id.
  void ru_was_served(std::string const& id, std::string const& words) {
    state::ServedEdition edition;
    edition.party = machine.state.law.find_party("ru");
    edition.item = machine.state.holdings.with_id(theirs().id).front();
    edition.agreement = AgreementKey(0u);
    edition.id = id;
    Object const served{.id = id, .words = words};
    edition.compare = *machine.contribution("ru/staff", "ru.joint", served).compare;
    machine.must(machine.make(Machine::Author::system, "", CommandKind::note_served, NoteServed{{edition}}),
                 false);
  }

  Machine machine;
};

// --- what is stopped (A14) ---------------------------------------------------------------------------------------------

TEST_F(ThirdParty, ACopyByItsBytes) {
  il_gives();
  EXPECT_TRUE(stopped(theirs()));
}

TEST_F(ThirdParty, TheSameIdWithOtherContent) {
  il_gives();
  EXPECT_TRUE(stopped({.id = theirs().id, .version = "2025-07-01T00:00:00.000Z", .words = "our own words"}));
}

TEST_F(ThirdParty, ACopyReIndented) {
  il_gives();
  Object copy = theirs();
  copy.spacing = "  ";
  EXPECT_TRUE(stopped(copy));
}

TEST_F(ThirdParty, ANewIdWithTheSameSubstance) {
  il_gives();
  EXPECT_TRUE(stopped({.id = "indicator--of-ours", .words = theirs().words}));
}

TEST_F(ThirdParty, TheIdInsideSomeText) {
  il_gives();
  EXPECT_TRUE(stopped(
      {.id = "note--1", .references = {{theirs().id, model::ReferenceKind::in_text, "description"}}}));
}

TEST_F(ThirdParty, AReference) {
  il_gives();
  EXPECT_TRUE(stopped({.id = "report--1", .references = {tests::reference(theirs().id)}}));
}

TEST_F(ThirdParty, AnEditionGivenBackByItsId) {
  il_gives();
  ru_was_served("indicator--edition", "coarser words");
  EXPECT_TRUE(stopped({.id = "indicator--edition", .words = "anything"}));
}

TEST_F(ThirdParty, AnEditionGivenBackUnderAnotherId) {
  il_gives();
  ru_was_served("indicator--edition", "coarser words");
  EXPECT_TRUE(stopped({.id = "indicator--of-ours", .words = "coarser words"}));
}

TEST_F(ThirdParty, AnEditionReferredTo) {
  il_gives();
  ru_was_served("indicator--edition", "coarser words");
  EXPECT_TRUE(stopped({.id = "report--1", .references = {tests::reference("indicator--edition")}}));
}

// Found by worlds of seed 9023: one office of a party was served an edition of what another one gave.
TEST_F(ThirdParty, AnEditionOfWhatIsItsOwnPartysIsNotHeldThroughAnother) {
  machine.must(machine.contribution("ru/staff", "ru.joint", {.id = "indicator--own", .words = "our words"}));
  state::ServedEdition edition;
  edition.party = machine.state.law.find_party("ru");
  edition.item = ItemKey(machine.state.holdings.items.size() - 1);
  edition.agreement = machine.state.holdings.item(edition.item).contributions[0].agreement;
  edition.id = "indicator--own-edition";
  edition.compare = machine.state.holdings.item(edition.item).head.compare;
  machine.must(machine.make(Machine::Author::system, "", CommandKind::note_served, NoteServed{{edition}}),
               false);
  EXPECT_TRUE(
      machine.ask(machine.contribution("ru/staff", "il.pact", {.id = "indicator--own", .words = "our words"}))
          .accepted());
}

TEST_F(ThirdParty, EachIdIsNamedOnce) {
  il_gives();
  il_gives({.id = "indicator--2", .words = "more"});
  model::Ruling const ruling =
      passed_on({.id = "report--1",
                 .references = {tests::reference("indicator--1"),
                                tests::reference("indicator--2"),
                                {"indicator--2", model::ReferenceKind::in_text, "name"}}});
  ASSERT_EQ(ruling.reasons.size(), 2u);
  EXPECT_EQ(ruling.reasons[0].subject, "indicator--1");
  EXPECT_EQ(ruling.reasons[1].subject, "indicator--2");
}

// --- holding outlives what gave it (G11, A1) -------------------------------------------------------------------------------

TEST_F(ThirdParty, WhatTheOriginatorDeletedSinceIsStillHeld) {
  il_gives();
  machine.must(machine.make(Machine::Author::client, "il/staff", CommandKind::delete_item,
                            DeleteItem{theirs().id, "", ""}));
  EXPECT_TRUE(stopped(theirs()));
  EXPECT_TRUE(stopped({.id = "indicator--of-ours", .words = theirs().words}));
}

TEST_F(ThirdParty, WhatWasHeldUnderAnAgreementThatEndedIsStillHeld) {
  il_gives();
  machine.state.law.agreement(AgreementKey(0u))
      .history.push_back({state::AgreementState::terminated, machine.now});
  EXPECT_TRUE(stopped(theirs()));
}

TEST_F(ThirdParty, WhatWasNotFetchedIsHeldToo) {
  il_gives();
  EXPECT_TRUE(machine.state.holdings.served.empty());
  EXPECT_TRUE(stopped(theirs()));
}

// --- what is not held only so (A13) ------------------------------------------------------------------------------------------

TEST_F(ThirdParty, WhatItHadContributedBefore) {
  given("ru/staff", "ru.joint", {.id = theirs().id, .words = "as ru says it"});
  il_gives();
  EXPECT_FALSE(
      stopped({.id = theirs().id, .version = "2025-07-01T00:00:00.000Z", .words = "as ru says it now"}));
  EXPECT_FALSE(stopped({.id = "report--1", .references = {tests::reference(theirs().id)}}));
}

// That an id was its own before is no right to another's content.
TEST_F(ThirdParty, WhatItHadContributedBeforeButNotThisContent) {
  given("ru/staff", "ru.joint", {.id = theirs().id, .words = "as ru says it"});
  il_gives();
  EXPECT_TRUE(stopped({.id = theirs().id, .version = "2025-07-01T00:00:00.000Z", .words = theirs().words}));
}

TEST_F(ThirdParty, WhatItContributedOnlyAfterwardsIsNoAnswer) {
  il_gives();
  ru_claims("ipv4-addr--1");
  EXPECT_TRUE(stopped(theirs()));
  EXPECT_TRUE(stopped(theirs())) << "a refusal gives no right";
}

TEST_F(ThirdParty, WhatItReceivedUnderTheSameAgreementBefore) {
  given("iq/defence", "ru.joint", theirs());
  ASSERT_TRUE(machine.has("ru/staff", theirs().id));
  il_gives();
  EXPECT_FALSE(stopped({.id = "report--1", .references = {tests::reference(theirs().id)}}));
}

TEST_F(ThirdParty, WhatItReceivedUnderTheSameAgreementAfterwards) {
  il_gives();
  given("iq/defence", "ru.joint", theirs());
  EXPECT_TRUE(stopped({.id = "report--1", .references = {tests::reference(theirs().id)}}));
}

TEST_F(ThirdParty, FixedMarkingsAreNobodysItem) {
  std::string const red = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
  il_gives({.id = red, .words = "tlp red"});
  EXPECT_FALSE(
      stopped({.id = "report--1", .references = {tests::reference(red, model::ReferenceKind::marking)}}));
}

TEST_F(ThirdParty, WhatIsNotReleasedToThePartyIsNotHeld) {
  machine.party("us", {"command"});
  machine.in_force("il.other", {"il/staff", "us/command"}, {tests::grant_to_others()});
  given("il/staff", "il.other", theirs());
  EXPECT_FALSE(stopped(theirs()));
}

// --- independent sources (A13) -------------------------------------------------------------------------------------------------

TEST_F(ThirdParty, AnObservableMayBeClaimed) {
  Object const address{.id = "ipv4-addr--1", .version = "", .words = "192.0.2.1"};
  il_gives(address);
  EXPECT_TRUE(stopped(address));
  ru_claims(address.id);
  EXPECT_FALSE(stopped(address));
}

TEST_F(ThirdParty, AnObjectOfTheOthersMayNotBeClaimed) {
  il_gives();
  ru_claims(theirs().id);
  EXPECT_TRUE(stopped(theirs()));
}

TEST_F(ThirdParty, AnObjectThatSomebodyElseCreatedMayBeClaimed) {
  Object public_one{.id = "malware--1", .words = "as MITRE says it", .creator = "identity--mitre"};
  il_gives(public_one);
  EXPECT_TRUE(stopped(public_one));
  ru_claims(public_one.id);
  EXPECT_FALSE(stopped(public_one));
}

// G1: whether somebody whom ru does not know has the object or an identity under that id changes no ruling on ru's claim.
TEST_F(ThirdParty, WhatOthersHaveIsNotLookedAtForAClaim) {
  machine.party("us", {"command"});
  machine.party("sa", {"command"});
  machine.in_force("us.hidden", {"us/command", "sa/command"}, {tests::grant_to_others()});
  Object const public_one{.id = "malware--1", .words = "as MITRE says it", .creator = "identity--mitre"};
  il_gives(public_one);
  ru_claims(public_one.id);
  given("us/command", "us.hidden", {.id = "identity--mitre", .words = "a hidden identity"});
  given("us/command", "us.hidden", {.id = public_one.id, .words = "a hidden object without a creator"});
  EXPECT_FALSE(stopped(public_one));
}

TEST_F(ThirdParty, AnObjectOfAnIdentityOfTheirsMayNotBeClaimed) {
  il_gives({.id = "identity--il", .words = "il itself"});
  Object const one{.id = "malware--1", .words = "by il", .creator = "identity--il"};
  il_gives(one);
  ru_claims(one.id);
  EXPECT_TRUE(stopped(one));
}

// The identity that the centre gave il is in the reference set and nobody's item: an object by it is il's all the same.
TEST_F(ThirdParty, AnObjectOfTheirMintedIdentityMayNotBeClaimed) {
  Object const one{.id = "malware--1", .words = "by il", .creator = Machine::identity_of("il")};
  il_gives(one);
  ru_claims(one.id);
  Object without = one;  // with it, it would be another's identity
  without.creator.clear();
  EXPECT_TRUE(stopped(without));
}

TEST_F(ThirdParty, AClaimOfOnePartyIsNoneOfAnother) {
  machine.party("ir", {"staff"});
  machine.in_force("il.third", {"il/staff", "ir/staff"}, {tests::grant_to_others()});
  machine.in_force("ir.joint", {"ir/staff", "iq/defence"}, {tests::grant_to_others()});
  Object const address{.id = "ipv4-addr--1", .version = "", .words = "192.0.2.1"};
  il_gives(address);
  given("il/staff", "il.third", address);
  ru_claims(address.id);
  model::Ruling const ruling = machine.ask(machine.contribution("ir/staff", "ir.joint", address));
  EXPECT_FALSE(ruling.accepted());
}

// --- consent (A15, A16) ----------------------------------------------------------------------------------------------------------

TEST_F(ThirdParty, WithConsentItIsPassedOnAsTheOriginators) {
  il_gives();
  il_consents();
  EXPECT_FALSE(stopped(theirs()));
  EXPECT_TRUE(machine.has("iq/defence", theirs().id));
  auto const& keys = machine.state.holdings.with_id(theirs().id);
  ASSERT_EQ(keys.size(), 1u) << "a further contribution of il's item, not an item of ru's";
  state::Item const& item = machine.state.holdings.item(keys.front());
  EXPECT_EQ(item.originator, machine.state.law.find_party("il"));
  EXPECT_TRUE(item.contributions.back().onward);
  EXPECT_EQ(item.contributions.back().office, machine.state.law.find_office("ru/staff"));
}

TEST_F(ThirdParty, AConsentIsForTheOneItNames) {
  machine.party("us", {"command"});
  machine.in_force("il.with-us", {"il/staff", "us/command"}, {tests::grant_to_others()});
  machine.in_force("ru.third", {"ru/staff", "us/command", "iq/defence"}, {tests::grant_to_others()});
  il_gives();
  given("il/staff", "il.with-us", theirs());
  il_consents("ru.third");
  EXPECT_FALSE(machine.ask(machine.contribution("us/command", "ru.third", theirs())).accepted());
  EXPECT_TRUE(machine.ask(machine.contribution("ru/staff", "ru.third", theirs())).accepted());
}

TEST_F(ThirdParty, AConsentIsForOneVersion) {
  il_gives();
  il_consents();
  Object next = theirs();
  next.version = "2025-07-01T00:00:00.000Z";
  next.words = "what il knows now";
  il_gives(next);
  EXPECT_FALSE(stopped(theirs()));
  EXPECT_TRUE(stopped(next));
}

TEST_F(ThirdParty, AConsentIsForOneAgreement) {
  il_gives();
  machine.in_force("ru.second", {"ru/staff", "iq/defence"}, {tests::grant_to_others()});
  il_consents("ru.second");
  EXPECT_TRUE(stopped(theirs()));
  EXPECT_TRUE(machine.ask(machine.contribution("ru/staff", "ru.second", theirs())).accepted());
}

TEST_F(ThirdParty, ALaterJoinerNeedsAnother) {
  machine.party("ir", {"staff"});
  machine.tabled({"ru/staff"}, Machine::text("ru.growing", {"ru/staff", "iq/defence", "ir/staff"}, [] {
                   return std::vector<model::Clause>{tests::grant_to_others()};
                 }()));
  for (char const* office : {"iq/defence", "ir/staff"})
    machine.must(machine.signed_by(office, CommandKind::sponsor, Sponsor{Machine::on("ru.growing")}));
  AgreementKey const key(machine.state.law.agreements.size() - 1);
  for (char const* office : {"ru/staff", "iq/defence", "ir/staff"})
    machine.must(machine.signed_by(office, CommandKind::sign, Sign{Machine::on("ru.growing")}));
  // As if ir had not become a party before il consented.
  auto& standing = machine.state.law.agreement(key).standing[machine.state.law.find_party("ir")];
  auto const joined = standing;
  standing = {{state::Standing::negotiating, Machine::start}};
  il_gives();
  il_consents("ru.growing");
  machine.state.law.agreement(key).standing[machine.state.law.find_party("ir")] = joined;
  auto const pass = [&] { return machine.ask(machine.contribution("ru/staff", "ru.growing", theirs())); };
  EXPECT_FALSE(pass().accepted());
  il_consents("ru.growing");
  EXPECT_TRUE(pass().accepted());
}

TEST_F(ThirdParty, AClauseThatSaysFreeNeedsNoConsent) {
  model::Clause free = tests::grant_to_others();
  free.onward = model::Onward::free;
  machine.in_force("il.free", {"il/staff", "ru/staff"}, {free});
  given("il/staff", "il.free", theirs());
  EXPECT_FALSE(stopped(theirs()));
  EXPECT_TRUE(machine.has("iq/defence", theirs().id));
}

TEST_F(ThirdParty, FreeThroughOneAgreementDoesNotFreeAnother) {
  model::Clause free = tests::grant_to_others();
  free.onward = model::Onward::free;
  machine.in_force("il.free", {"il/staff", "ru/staff"}, {free});
  il_gives();
  il_gives({.id = "indicator--2", .words = "more"});
  given("il/staff", "il.free", theirs());
  EXPECT_TRUE(stopped({.id = "report--1", .references = {tests::reference("indicator--2")}}));
}

// --- who is told what (A12) --------------------------------------------------------------------------------------------------------

TEST_F(ThirdParty, TheOfficeThatHasItIsToldWhichAndThroughWhat) {
  il_gives();
  model::Reason const reason = passed_on(theirs()).reasons.at(0);
  EXPECT_EQ(reason.subject, theirs().id);
  EXPECT_EQ(reason.agreement, AgreementKey(0u));
  EXPECT_EQ(reason.clause, "all");
}

// The author is told what it sent and not what the centre found: a copy under a new id may be of something that it knows
// by another id than its originator does.
TEST_F(ThirdParty, ACopyIsNamedAsItWasSent) {
  il_gives();
  for (model::Reason const& reason : passed_on({.id = "indicator--copy", .words = "what il knows"}).reasons)
    EXPECT_EQ(reason.subject, "indicator--copy");
}

// A6: who has an edition guesses the original's id and bytes and is told no more than any other office of its party.
TEST_F(ThirdParty, WhoHasAnEditionConfirmsNoGuessOfTheOriginal) {
  model::Clause few = tests::grant_to_others("few");
  few.fields_given = {.all = false, .only = {"pattern", "pattern_type", "valid_from"}};
  machine.in_force("il.masked", {"il/staff", "ru/staff"}, {few});
  given("il/staff", "il.masked", theirs());
  for (Object const& guess :
       {theirs(), Object{.id = "report--1", .references = {tests::reference(theirs().id)}}}) {
    model::Ruling const ruling = passed_on(guess);
    ASSERT_FALSE(ruling.accepted());
    for (model::Reason const& reason : ruling.reasons) {
      EXPECT_TRUE(reason.agreement.is_none());
      EXPECT_TRUE(reason.subject.empty());
    }
  }
  EXPECT_EQ(machine.state.third_party_hints.size(), 1u) << "and is charged for it";
}

TEST_F(ThirdParty, AnotherOfficeOfThePartyIsStoppedAndToldNothing) {
  il_gives();
  model::Ruling const ruling = passed_on(theirs(), "ru/mfa");
  ASSERT_FALSE(ruling.accepted());
  ASSERT_EQ(ruling.reasons.size(), 1u) << "however many ways there are to see it";
  EXPECT_EQ(ruling.reasons[0].code, ReasonCode::third_party_rule);
  EXPECT_TRUE(ruling.reasons[0].agreement.is_none());
  EXPECT_TRUE(ruling.reasons[0].clause.empty());
  EXPECT_TRUE(ruling.reasons[0].subject.empty());
}

TEST_F(ThirdParty, TwentySuchHintsADay) {
  il_gives();
  for (uint32_t i = 0; i < limits::third_party_hints_per_day.usual; ++i)
    EXPECT_TRUE(stopped(theirs(), "ru/mfa"));
  Object const harmless{.id = "indicator--harmless", .words = "of ru's own"};
  EXPECT_EQ(passed_on(harmless, "ru/mfa").reasons.at(0).code, ReasonCode::quota)
      << "whatever it is: the answer must not tell";
  EXPECT_EQ(passed_on(theirs(), "ru/mfa").reasons.at(0).code, ReasonCode::quota);
  EXPECT_FALSE(stopped(harmless)) << "the other office is not in this";
  machine.now = machine.now + days(1);
  EXPECT_FALSE(stopped({.id = "indicator--next", .words = "the day after"}, "ru/mfa"));
}

TEST_F(ThirdParty, WhatTheOfficeMayKnowIsNoHint) {
  il_gives();
  for (uint32_t i = 0; i <= limits::third_party_hints_per_day.usual; ++i) EXPECT_TRUE(stopped(theirs()));
}

// --- identities that the centre minted (A24) ---------------------------------------------------------------------------

TEST_F(ThirdParty, AnIdentityIsItsPartysAlone) {
  std::string const il = Machine::identity_of("il"), ru = Machine::identity_of("ru");
  auto const refused = [&](Object const& object) {
    model::Ruling const ruling = passed_on(object);
    EXPECT_FALSE(ruling.accepted());
    EXPECT_EQ(ruling.reasons.at(0).code, ReasonCode::identity_of_another);
    EXPECT_EQ(ruling.reasons.at(0).subject, il);
  };
  refused({.id = il});
  refused({.id = "indicator--5", .creator = il});
  EXPECT_TRUE(passed_on({.id = ru}).accepted());
  EXPECT_TRUE(passed_on({.id = "indicator--5", .creator = ru}).accepted());
}

TEST_F(ThirdParty, AnIdentityMayBeReferredToByAll) {
  std::string const il = Machine::identity_of("il");
  given("il/staff", "il.pact", {.id = il, .words = "more about il"});
  ASSERT_TRUE(machine.has("ru/staff", il));
  EXPECT_TRUE(passed_on({.id = "report--6", .references = {tests::reference(il)}}).accepted());
  EXPECT_TRUE(stopped({.id = "report--7", .words = "more about il"}))
      << "what il says of itself is still il's";
}

TEST_F(ThirdParty, WhatIsPassedOnKeepsItsCreator) {
  Object const signed_one{
      .id = "indicator--1", .words = "what il knows", .creator = Machine::identity_of("il")};
  il_gives(signed_one);
  il_consents();
  EXPECT_TRUE(passed_on(signed_one).accepted());
}

TEST_F(ThirdParty, AnUnlistedPartyHasNoIdentity) {
  machine.party("xx", {"staff"}, model::Listing::unlisted);
  EXPECT_TRUE(machine.state.law.party(machine.state.law.find_party("xx")).identity.empty());
  EXPECT_TRUE(passed_on({.id = Machine::identity_of("xx")}).accepted()) << "the author's text";
}

}  // namespace
}  // namespace comity::commands
