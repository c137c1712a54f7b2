// Published frameworks: what allowing and loading them is refused for, and what it changes for what parties give each other.
//
// il and ru share il.pact, ru and iq share ru.joint. il has given ru all it found of a framework, so that ru holds it through
// il; once the host has loaded it, it is nobody's (25-isolation A13).
#include <gtest/gtest.h>

#include "refusals.h"

namespace comity::commands {
namespace {

using model::CommandKind;
using model::ReasonCode;
using tests::Machine;
using tests::Object;

class FrameworkActs : public tests::Refusals {
 protected:
  FrameworkActs() {
    machine.party("il", {"staff"});
    machine.in_force("il.pact", {"il/staff", "ru/staff"}, {tests::grant_to_others()});
    machine.in_force("ru.joint", {"ru/staff", "iq/defence"}, {tests::grant_to_others()});
  }

  static Object technique() { return {.id = "attack-pattern--1", .words = "as published"}; }
  static Digest root() { return tests::digest_of("root"); }

  model::Command proposed(AllowFramework const& body) {
    auto const proposal =
        machine.signed_by("hosting/operations", CommandKind::propose_host_act,
                          ProposeHostAct{CommandKind::allow_framework, codec::encode(body)}, "first");
    machine.must(proposal);
    return machine.signed_by("hosting/operations", CommandKind::countersign_host_act,
                             CountersignHostAct{proposal.digest}, "second");
  }
  void allow(std::string const& name = "ics", uint32_t objects = 5) {
    machine.must(proposed({name, objects == 0 ? "" : "Title", objects == 0 ? Digest{} : root(), objects}));
  }

  static LoadFrameworkObject body_of(Object const& object, std::string const& framework = "ics") {
    LoadFrameworkObject body;
    body.framework = framework, body.root = root(), body.objects = 5;
    body.type = object.id.substr(0, object.id.find("--"));
    body.id = object.id, body.version = object.version;
    if (body.type == "marking-definition") body.marking_kind = model::MarkingKind::statement;
    return body;
  }
  // As the prepare step has it that found the object in the tree.
  model::Command load(Object const& object, LoadFrameworkObject const& body,
                      std::string const& officer = "first") {
    auto command = machine.make(Machine::Author::person, "hosting/operations",
                                CommandKind::load_framework_object, body, officer);
    command.compare = machine.contribution("il/staff", "il.pact", object).compare;
    return command;
  }
  void loaded(Object const& object, std::string const& framework = "ics") {
    machine.must(load(object, body_of(object, framework)));
  }
  state::Frameworks const& frameworks() { return state().holdings.frameworks; }

  void given(std::string const& office, std::string const& agreement, Object const& object) {
    machine.must(machine.contribution(office, agreement, object));
  }
  bool may_give(Object const& object) {
    return machine.decide(machine.contribution("ru/staff", "ru.joint", object)).ruling.accepted();
  }
  static Object report() { return {.id = "report--9", .references = {tests::reference(technique().id)}}; }
  // Whether iq was released the object with its reference; as it would be served now.
  bool has_reference(std::string const& id) {
    state::Question const question{state().law, state().holdings, state().last_time};
    OfficeKey const office = state().law.find_office("iq/defence");
    ItemKey const item = state().holdings.with_id(id).front();
    AgreementKey const agreement = state().holdings.item(item).contributions.front().agreement;
    state::Disclosure const answer = state::disclosure(question, office, item, agreement);
    return answer.given && answer.form.dropped.empty();
  }
};

TEST_F(FrameworkActs, AllowFramework) {
  AllowFramework body{"ICS", "", {}, limits::framework_objects + 1};
  refused(ReasonCode::not_permitted,
          machine.signed_by("hosting/operations", CommandKind::allow_framework, body, "first"));
  refused(ReasonCode::malformed, proposed(body));
  body.framework = "ics";
  refused(ReasonCode::malformed, proposed(body));
  body.title = "ATT&CK for ICS";
  refused(ReasonCode::malformed, proposed(body));
  body.objects = 0;
  refused(ReasonCode::malformed, proposed(body));
  body.title.clear();
  refused(ReasonCode::unknown_framework, proposed(body));
  for (size_t i = 0; i < limits::frameworks; ++i)
    state().holdings.frameworks.allow("f" + std::to_string(i), "T", root(), 1);
  body.objects = 5, body.title = "ATT&CK for ICS";
  refused(ReasonCode::quota, proposed(body));
  body.framework = "f7";
  accepted(proposed(body));
  EXPECT_EQ(frameworks().all[7].objects, 5u) << "another bundle of one that is there";
  expect_row(CommandKind::allow_framework);
}

TEST_F(FrameworkActs, LoadFrameworkObject) {
  LoadFrameworkObject body = body_of(technique());
  refused(ReasonCode::not_permitted, machine.by("ru/staff", CommandKind::load_framework_object, body));
  refused(ReasonCode::unknown_framework, load(technique(), body));
  allow();
  auto unproved = load(technique(), body);
  unproved.compare.reset();
  refused(ReasonCode::not_in_framework, unproved);
  body.root = tests::digest_of("another bundle");
  refused(ReasonCode::not_in_framework, load(technique(), body));
  body.root = root(), body.objects = 4;
  refused(ReasonCode::not_in_framework, load(technique(), body));
  body.objects = 5;
  accepted(load(technique(), body));
  EXPECT_TRUE(frameworks().has(technique().id));
  refused(ReasonCode::already_done, load(technique(), body, "second"));
  for (std::string const& id : {std::string("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"),
                                Machine::identity_of("ru")}) {
    Object const own{.id = id};
    refused(ReasonCode::already_done, load(own, body_of(own)));
  }
  EXPECT_EQ(frameworks().objects.size(), 1u);
  state().holdings.frameworks.objects.resize(limits::framework_objects_in_all);
  Object const later{.id = "attack-pattern--2"};
  refused(ReasonCode::quota, load(later, body_of(later)));
  expect_row(CommandKind::load_framework_object);
}

TEST_F(FrameworkActs, WhatIsLoadedIsHeldThroughNobody) {
  given("il/staff", "il.pact", technique());
  EXPECT_FALSE(may_give(report())) << "held through il";
  EXPECT_FALSE(may_give(technique()));
  allow();
  EXPECT_FALSE(may_give(report())) << "allowed is not loaded";
  loaded(technique());
  EXPECT_TRUE(may_give(report()));
  EXPECT_TRUE(may_give(technique()));
  Object copy = technique();
  copy.id = "attack-pattern--7", copy.spacing = " ";
  EXPECT_FALSE(may_give(copy)) << "what stands around the substance may be what il wrote on its copy";
  allow("ics", 0);
  EXPECT_FALSE(may_give(report())) << "ended: held through il again";
}

// il may be who published it: that everybody has its identity makes what it says in confidence nobody's.
TEST_F(FrameworkActs, ThatACreatorIsPublishedMakesNothingElseClaimable) {
  allow();
  Object const publisher{.id = "identity--il", .words = "il itself"};
  loaded(publisher);
  given("il/staff", "il.pact", publisher);
  Object const secret{.id = "malware--9", .words = "in confidence", .creator = publisher.id};
  given("il/staff", "il.pact", secret);
  machine.must(machine.signed_by("ru/staff", CommandKind::claim_independent_source,
                                 commands::ClaimIndependentSource{secret.id}));
  EXPECT_FALSE(may_give(secret));
}

TEST_F(FrameworkActs, AnotherTextUnderAPublishedIdIsStillTheOthers) {
  allow();
  loaded(technique());
  Object forged = technique();
  forged.words = "as il would have it", forged.version = "2026-01-01T00:00:00.000Z";
  given("il/staff", "il.pact", forged);
  EXPECT_FALSE(may_give(forged)) << "by its digest";
  EXPECT_TRUE(may_give(report())) << "by its id it is nobody's";
}

TEST_F(FrameworkActs, WhatIsNoCopyOfThePublishedComesUnderAnIdOfItsOwn) {
  allow();
  loaded(technique());
  auto const comes_as_posted = [&](Object const& object) {
    given("il/staff", "il.pact", object);
    state::Question const question{state().law, state().holdings, state().last_time};
    ItemKey const item = state().holdings.with_id(object.id).back();
    auto const answer = state::disclosure(question, state().law.find_office("ru/staff"), item,
                                          state().holdings.item(item).contributions.front().agreement);
    EXPECT_TRUE(answer.given);
    return !answer.form.own_id;
  };
  EXPECT_TRUE(comes_as_posted(technique())) << "a copy is what was published";
  Object forged = technique();
  forged.words = "as il would have it", forged.version = "2026-01-01T00:00:00.000Z";
  EXPECT_FALSE(comes_as_posted(forged));
  Object const before{.id = "attack-pattern--2", .words = "il was first"};
  EXPECT_TRUE(comes_as_posted(before));
  Object published = before;
  published.words = "as published later";
  loaded(published);
  state::Question const question{state().law, state().holdings, state().last_time};
  ItemKey const item = state().holdings.with_id(before.id).back();
  EXPECT_FALSE(state::disclosure(question, state().law.find_office("ru/staff"), item,
                                 state().holdings.item(item).contributions.front().agreement)
                   .form.own_id)
      << "what was given under its id before keeps it";
}

TEST_F(FrameworkActs, AReferenceToItIsKeptForEveryone) {
  allow();
  loaded(technique());
  given("il/staff", "il.pact", technique());
  given("ru/staff", "ru.joint", report());
  EXPECT_TRUE(has_reference(report().id)) << "though iq never had it of anybody";
  allow("ics", 0);
  EXPECT_FALSE(has_reference(report().id)) << "ended: ru has it from il, iq has not";
}

// ru has the object from iq's other partner by a right of its own, gives a report on it, and iq gets it without the reference.
TEST_F(FrameworkActs, WhatWasLeftOutComesWhenItIsLoaded) {
  machine.must(machine.signed_by("ru/staff", CommandKind::claim_independent_source,
                                 ClaimIndependentSource{"ipv4-addr--1"}));
  Object const address{.id = "ipv4-addr--1", .words = "an address"};
  given("il/staff", "il.pact", address);
  Object const of_address{.id = "report--10",
                          .references = {tests::reference(address.id), tests::reference("report--8")}};
  given("ru/staff", "ru.joint", of_address);
  EXPECT_FALSE(has_reference(of_address.id));
  size_t const before =
      state().holdings.feed({AgreementKey{}, state().law.find_office("iq/defence")}).entries.size();
  allow();
  loaded(address);
  EXPECT_TRUE(has_reference(of_address.id));
  auto const& entries =
      state().holdings.feed({AgreementKey{}, state().law.find_office("iq/defence")}).entries;
  ASSERT_EQ(entries.size(), before + 1) << "the finer form is an entry of its own";
  EXPECT_TRUE(state().holdings.forms[entries.back().form].dropped.empty());
  EXPECT_TRUE(state().holdings.backlog.empty());
}

TEST_F(FrameworkActs, AMarkingThatIsPublishedLetsPassWhatItMarks) {
  Object const marking{.id = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168"};
  Object const marked{.id = "report--11", .markings = {marking.id}};
  given("ru/staff", "ru.joint", marked);
  EXPECT_FALSE(machine.has("iq/defence", marked.id)) << "nobody knows what it means";
  allow();
  uint64_t const epoch = state().epoch;
  loaded(technique());
  EXPECT_EQ(state().epoch, epoch) << "narrows nothing";
  loaded(marking);
  EXPECT_TRUE(machine.has("iq/defence", marked.id)) << "a statement restricts nothing";
  EXPECT_GT(state().epoch, epoch) << "it might have been a stricter one";
}

// One pulse for all that a list of commands loads, and no look at what is not marked.
TEST_F(FrameworkActs, OnlyWhatIsMarkedIsLookedAtAndOnceForWhatIsLoadedTogether) {
  std::vector<Object> markings, marked;
  for (int i = 0; i < 3; ++i) {
    markings.push_back({.id = "marking-definition--" + std::to_string(i)});
    marked.push_back({.id = "report--" + std::to_string(20 + i), .markings = {markings.back().id}});
    given("ru/staff", "ru.joint", marked.back());
  }
  for (int i = 0; i < 20; ++i) given("ru/staff", "ru.joint", {.id = "report--" + std::to_string(30 + i)});
  allow();
  for (Object const& one : markings) {  // in one commit: nothing is done between them
    model::Record made;
    made.index = machine.state.next_index, made.time = machine.now;
    made.command = load(one, body_of(one));
    made.ruling = machine.decide(made.command).ruling;
    made.payload = machine.state.next_payload;
    commands::apply(machine.state, made);
  }
  ASSERT_EQ(state().holdings.backlog.size(), 1u);
  Looked const looked = to_look_at(state(), {}, machine.now, By::pulse);
  EXPECT_EQ(looked.now.size(), 3u);
  EXPECT_TRUE(looked.later.empty());
  loaded(technique());  // and what the machine does by itself
  EXPECT_TRUE(state().holdings.backlog.empty());
  for (Object const& one : marked) EXPECT_TRUE(machine.has("iq/defence", one.id)) << one.id;
}

// More than a portion refers to one object: the rest waits by the object's item, or, where nobody has one, with all that is
// under the agreement.
TEST_F(FrameworkActs, WhatDoesNotFitIntoAPortionComesWithTheNext) {
  constexpr int many = limits::looked_at_at_once + 50;
  Object const marking{.id = "marking-definition--1"};
  Object const address{.id = "ipv4-addr--1", .words = "an address"};
  machine.must(machine.signed_by("ru/staff", CommandKind::claim_independent_source,
                                 ClaimIndependentSource{address.id}));
  given("il/staff", "il.pact", address);
  for (int i = 0; i < many; ++i) {
    given("ru/staff", "ru.joint", {.id = "report--" + std::to_string(i), .markings = {marking.id}});
    given("ru/staff", "ru.joint",
          {.id = "note--" + std::to_string(i),
           .references = {tests::reference(address.id), tests::reference("report--of-nobody")}});
  }
  EXPECT_FALSE(has_reference("note--" + std::to_string(many - 1)));
  allow();
  loaded(marking);
  loaded(address);
  for (int const i : {0, many - 1}) {
    EXPECT_TRUE(machine.has("iq/defence", "report--" + std::to_string(i)));
    EXPECT_TRUE(has_reference("note--" + std::to_string(i)));
    ItemKey const note = state().holdings.with_id("note--" + std::to_string(i)).front();
    auto const* had =
        state().holdings.item(note).had_by(state().law.find_office("iq/defence"), AgreementKey(1u));
    ASSERT_TRUE(had);
    EXPECT_TRUE(state().holdings.forms[had->form].dropped.empty()) << "looked at, so that it is told";
  }
  EXPECT_TRUE(state().holdings.backlog.empty());
}

TEST_F(FrameworkActs, HowTheDoorJudgedAnObjectIsKept) {
  allow();
  model::Command flawed = load(technique(), body_of(technique()));
  flawed.sealed = codec::encode(Judgement{.permissive = true, .spec_version = "2.0"});
  machine.must(flawed);
  EXPECT_TRUE(frameworks().objects[0].permissive);
  EXPECT_EQ(frameworks().objects[0].spec_version, "2.0");
  loaded({.id = "attack-pattern--2"});  // as older records have it
  EXPECT_FALSE(frameworks().objects[1].permissive);
  EXPECT_EQ(frameworks().objects[1].spec_version, "2.1");
}

TEST_F(FrameworkActs, APublishedMarkingMeansWhatIsPublishedWhoeverGaveAMilderOne) {
  Object const marking{.id = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168"};
  Object const marked{.id = "report--12", .markings = {marking.id}};
  given("ru/staff", "ru.joint", marking);
  given("ru/staff", "ru.joint", marked);
  EXPECT_TRUE(machine.has("iq/defence", marked.id));
  EXPECT_TRUE(has_reference(marked.id));
  allow();
  LoadFrameworkObject strict = body_of(marking);
  strict.marking_kind = model::MarkingKind::other;
  machine.must(load(marking, strict));
  EXPECT_FALSE(has_reference(marked.id)) << "what the centre does not understand forbids (A19)";
}

TEST_F(FrameworkActs, ObjectsStandAmongThePartiesAsTheyCame) {
  allow();
  loaded(technique());
  machine.party("us", {"staff"});
  loaded({.id = "attack-pattern--2"});
  loaded({.id = "attack-pattern--3"});
  auto const& objects = frameworks().objects;
  EXPECT_EQ(objects[1].parties, objects[0].parties + 1);
  EXPECT_EQ(objects[2].parties, objects[1].parties);
  EXPECT_LT(state::reference_date(objects[0].date_added, state().law.parties.back()), objects[1].date_added);
  EXPECT_LT(objects[1].date_added, objects[2].date_added);
}

}  // namespace
}  // namespace comity::commands
