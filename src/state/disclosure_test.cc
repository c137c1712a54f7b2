// The rule in a few named cases, each of them a mistake that is easily made. What it says in general is compared with a
// second evaluator in tests/oracle.
#include "state/disclosure.h"

#include <gtest/gtest.h>

#include "world.h"

namespace comity::state {
namespace {

using model::EditionForm;
using model::ReferenceKind;
using tests::Scene;

struct Rule : testing::Test {
  Scene scene;
  AgreementKey key = scene.agreement({"ru/staff", "iq/defence"});

  // A grant of these fields only.
  size_t list(std::vector<std::string> names, AgreementKey agreement) {
    auto clause = Scene::whole();
    clause.fields_given = Scene::only(std::move(names));
    return scene.grant(agreement, clause);
  }
  size_t list(std::vector<std::string> names) { return list(std::move(names), key); }
  Disclosure to_iq(ItemKey item) { return scene.disclosed("iq/defence", item, key); }
};

TEST_F(Rule, WithoutAClauseNothing) {
  ItemKey const item = scene.contribute(key, "ru/staff");
  EXPECT_FALSE(to_iq(item).given);
  EXPECT_TRUE(scene.disclosed("ru/staff", item, key).given) << "its own office has it whole";
}

TEST_F(Rule, ReleasedUnderTheAgreementItWasContributedUnder) {
  AgreementKey const other = scene.agreement({"ru/staff", "iq/defence"}, "other");
  scene.grant(key);
  scene.grant(other);
  ItemKey const item = scene.contribute(key, "ru/staff");
  EXPECT_TRUE(to_iq(item).form.is_whole());
  EXPECT_FALSE(scene.disclosed("iq/defence", item, other).given);
}

TEST_F(Rule, AListIsWholeOnlyIfItNamesEveryProperty) {
  list({"created", "name"});
  ItemKey const item = scene.contribute(key, "ru/staff", {.properties = {"name", "description"}});
  EXPECT_FALSE(to_iq(item).form.all_fields)
      << "as many names as properties, but the description is not among them";
  list({"description"});
  EXPECT_TRUE(to_iq(item).form.is_whole());
}

TEST_F(Rule, AProhibitionOfABasePropertyOutlivesAList) {
  list({"name"});
  auto prohibition = Scene::whole();
  prohibition.fields_given = Scene::only({"created"});
  scene.prohibit(key, prohibition);
  ItemKey const item = scene.contribute(key, "ru/staff", {.properties = {"name"}});
  EXPECT_TRUE(to_iq(item).given);
  EXPECT_FALSE(to_iq(item).form.is_whole());
}

TEST_F(Rule, OthersLeavesTheOriginatorOutOnBothSides) {
  auto clause = Scene::whole();
  clause.from = Scene::others();
  clause.to = Scene::each();
  scene.grant(key, clause);
  EXPECT_FALSE(to_iq(scene.contribute(key, "ru/staff")).given);
}

TEST_F(Rule, AnAlternativeThatTheItemNeverHadCompletesNothing) {
  scene.grant(key);
  model::Facts facts;
  facts.granular = {{"marking-definition--unknown", {"longitude"}}};
  ItemKey const item = scene.contribute(
      key, "ru/staff", {.type = "location", .properties = {"latitude", "longitude"}, .facts = facts});
  EXPECT_FALSE(to_iq(item).given) << "half a place, and neither region nor country";
}

TEST_F(Rule, OfTwoAlternativesOneMustBeLeft) {
  scene.grant(key);
  AgreementKey const home = scene.agreement({"ru/staff"}, "home");
  for (char const* id : {"ipv4-addr--1", "ipv4-addr--2"}) scene.contribute(home, "ru/staff", {.id = id});
  auto const traffic = [&](std::vector<model::Reference> references) {
    return scene.contribute(key, "ru/staff",
                            {.type = "network-traffic",
                             .properties = {"protocols", "src_ref", "dst_ref"},
                             .facts = tests::refers_to(std::move(references))});
  };
  EXPECT_FALSE(to_iq(traffic({{"ipv4-addr--1", ReferenceKind::optional, "src_ref"},
                              {"ipv4-addr--2", ReferenceKind::optional, "dst_ref"}}))
                   .given);
  auto const one_of_nobody = to_iq(traffic({{"ipv4-addr--1", ReferenceKind::optional, "src_ref"},
                                            {"ipv4-addr--of-nobody", ReferenceKind::optional, "dst_ref"}}));
  EXPECT_TRUE(one_of_nobody.given);
  EXPECT_EQ(one_of_nobody.form.dropped, std::vector<std::string>{"ipv4-addr--1"});
}

model::Facts marked(std::vector<std::string> selectors, std::vector<model::Reference> references,
                    std::vector<model::Leaf> leaves) {
  auto facts = tests::refers_to(std::move(references));
  facts.granular = {{"marking-definition--unknown", std::move(selectors)}};
  facts.frail = {{"object_refs", std::move(leaves)}};
  return facts;
}

model::Leaf leaf(std::string const& id, std::vector<std::string> selectors = {}) {
  return {.id = id, .selectors = std::move(selectors), .half = false, .partners = {}};
}

TEST_F(Rule, AListOfWhichNothingIsLeftWithholds) {  // cut one by one, or cut and dropped
  scene.grant(key);
  scene.contribute(scene.agreement({"ru/staff"}, "home"), "ru/staff", {.id = "x-thing--kept-back"});
  auto const opinion = [&](model::Facts facts) {
    return to_iq(scene.contribute(
        key, "ru/staff",
        {.type = "opinion", .properties = {"opinion", "object_refs"}, .facts = std::move(facts)}));
  };
  model::Reference const one{"x-thing--of-nobody", ReferenceKind::in_must_list, "object_refs"},
      two{"x-thing--kept-back", ReferenceKind::in_must_list, "object_refs"};
  std::string const first = "object_refs.[0]";
  EXPECT_FALSE(opinion(marked({first}, {one}, {leaf(one.id, {first})})).given);
  EXPECT_FALSE(opinion(marked({first}, {one, two}, {leaf(one.id, {first}), leaf(two.id)})).given);
  EXPECT_TRUE(opinion(marked({first}, {one, two}, {leaf(one.id), leaf(two.id, {first})})).given);
}

TEST_F(Rule, ARequiredPropertyOfHalfPlacesIsNotGrantedOnAGrid) {
  auto clause = Scene::whole();
  clause.fields_given = Scene::only({"contents", "object_ref"});
  size_t const number = scene.grant(key, clause);
  auto const translation = [&](std::vector<model::Leaf> leaves) {
    model::Facts facts;
    facts.granular = {{"marking-definition--unknown", {"contents.de.latitude"}}};
    facts.frail = {{"contents", std::move(leaves)}};
    return scene.contribute(
        key, "ru/staff",
        {.type = "language-content", .properties = {"contents", "object_ref"}, .facts = facts});
  };
  auto const half = translation({{.id = "", .selectors = {}, .half = true, .partners = {}}});
  std::vector<std::string> const cut = {"contents.de.latitude"};
  auto const halved = translation({{.id = "", .selectors = {}, .half = false, .partners = cut},
                                   {.id = "", .selectors = cut, .half = false, .partners = {}}});
  EXPECT_TRUE(to_iq(half).given) << "it is granted exactly";
  EXPECT_TRUE(to_iq(halved).given);
  scene.edit(key, [&](model::Text& text) { text.clauses[number].location_grid_m = 8192; });
  EXPECT_FALSE(to_iq(half).given);
  EXPECT_FALSE(to_iq(halved).given) << "a marking takes the other half";
}

// --- several grants, and what markings take out under one of them --------------------------------------------------
struct MarkedParts : Rule {
  // A grant under which these markings may be passed.
  void grant_allowing(std::vector<std::string> markings, model::Clause clause = Scene::whole()) {
    for (std::string& one : markings) one = "marking-definition--" + one;
    clause.items.other_markings = std::move(markings);
    scene.grant(key, clause);
  }
  static model::Clause on_grid(std::vector<std::string> names) {
    auto clause = Scene::whole();
    clause.fields_given = Scene::only(std::move(names));
    clause.location_grid_m = 8192;
    return clause;
  }
  EditionForm form(std::vector<std::pair<std::string, std::string>> const& marks) {
    model::Facts facts;
    for (auto const& [marking, selector] : marks)
      facts.granular.push_back({"marking-definition--" + marking, {selector}});
    return to_iq(scene.contribute(key, "ru/staff",
                                  {.properties = {"latitude", "name", "x_place"}, .facts = facts}))
        .form;
  }
  using Granted = std::vector<model::GrantedField>;
};

TEST_F(MarkedParts, ComeAsExactlyAsTheGrantThatGivesThem) {
  scene.grant(key);
  grant_allowing({"a"}, on_grid({"latitude"}));
  EditionForm const sum = form({{"a", "latitude"}});
  EXPECT_TRUE(sum.all_fields);
  EXPECT_TRUE(sum.cut.empty());
  EXPECT_EQ(sum.granted, (Granted{{"latitude", 8192, 0}})) << "the grant of everything does not give it";
  EXPECT_FALSE(sum.is_whole());
  EXPECT_TRUE(form({{"b", "name"}}).granted.empty()) << "where it does, it is exact";
}

TEST_F(MarkedParts, BelowAProperty) {
  auto exact = on_grid({"name", "x_place"});
  exact.location_grid_m = 0;
  scene.grant(key, exact);
  grant_allowing({"a"}, on_grid({"x_place"}));
  EXPECT_EQ(form({{"a", "x_place.latitude"}}).granted,
            (Granted{{"name", 0, 0}, {"x_place", 0, 0}, {"x_place.latitude", 8192, 0}}));
}

TEST_F(MarkedParts, ThatLieInEachOtherAreGivenByAGrantThatGivesBoth) {
  grant_allowing({"a"});
  grant_allowing({"b"});
  EXPECT_EQ(form({{"a", "x_place"}, {"b", "x_place.[0]"}}).cut, std::vector<std::string>{"x_place.[0]"});
  grant_allowing({"a", "b"});
  EXPECT_TRUE(form({{"a", "x_place"}, {"b", "x_place.[0]"}}).is_whole());
}

// A19: what the author means by it is not for others to say.
TEST_F(Rule, AMarkingThatAnotherDefinesMilderStaysAsTheAuthorHasIt) {
  scene.grant(key);
  AgreementKey const home = scene.agreement({"ru/staff", "il/staff"}, "home");
  auto const define = [&](char const* office, model::MarkingKind kind) {
    model::Facts facts;
    facts.marking_kind = kind;
    return scene.contribute(home, office,
                            {.type = "marking-definition", .id = "marking-definition--m", .facts = facts});
  };
  model::Facts marked;
  marked.markings = {"marking-definition--m"};
  define("ru/staff", model::MarkingKind::other);
  ItemKey const item = scene.contribute(key, "ru/staff", {.facts = marked});
  EXPECT_FALSE(to_iq(item).given);
  scene.release(define("il/staff", model::MarkingKind::statement), home, "ru/staff");
  EXPECT_FALSE(to_iq(item).given);
}

// R2b: iq would find out that ru has contributed the same elsewhere.
TEST_F(Rule, WhatTheFirstOriginatorHasBesidesIsNotToBeFoundOut) {
  scene.grant(key);
  AgreementKey const home = scene.agreement({"ru/staff"}, "home"),
                     other = scene.agreement({"il/staff", "iq/defence"}, "other");
  scene.grant(other);
  scene.release(scene.contribute(key, "ru/staff", {.id = "x-thing--t"}), key, "iq/defence");
  ItemKey const of_il = scene.contribute(other, "il/staff", {.id = "x-thing--t", .version = "2"});
  EXPECT_TRUE(scene.disclosed("iq/defence", of_il, other).form.own_id);
  ItemKey const hidden = scene.contribute(home, "ru/staff", {.id = "x-thing--t", .version = "2"});
  scene.holdings.items[hidden.value].head.compare = scene.holdings.item(of_il).head.compare;
  EXPECT_TRUE(scene.disclosed("iq/defence", of_il, other).form.own_id);
  scene.contribute_again(hidden, key, "ru/staff");
  scene.release(hidden, key, "iq/defence");
  EXPECT_FALSE(scene.disclosed("iq/defence", of_il, other).form.own_id) << "it has that of ru";
  scene.release(of_il, other, "iq/defence");
  EXPECT_FALSE(scene.disclosed("iq/defence", of_il, other).form.own_id);
}

// R2b: iq would find out that ru came to have it, and when.
TEST_F(Rule, WhatTheAuthorComesByLaterChangesNothingOfWhatWasReleased) {
  scene.grant(key);
  AgreementKey const home = scene.agreement({"ru/staff", "il/staff"}, "home");
  auto const referring = [&] {
    return scene.contribute(key, "ru/staff",
                            {.properties = {"x_ref"},
                             .facts = tests::refers_to({{"x-thing--t", ReferenceKind::required, "x_ref"}})});
  };
  ItemKey const before = referring();
  scene.release(before, key, "iq/defence");
  scene.contribute(home, "ru/staff", {.id = "x-thing--t"});
  EXPECT_TRUE(to_iq(before).form.is_whole());
  EXPECT_FALSE(to_iq(referring()).given) << "what is not released yet is decided by what the author has";
  scene.release(before, key, "iq/defence");
  EXPECT_FALSE(to_iq(before).given) << "a new form is too";
}

// ru has an identity of its own making, which a framework has too, and gives sightings in the centre's name.
struct HiddenAuthor : Rule {
  static constexpr char const* own = "identity--ru";

  HiddenAuthor() {
    auto clause = Scene::whole();
    clause.fields_given = Scene::only({"object_refs", "where_refs", "note"});
    clause.attribution = model::Attribution::centre;
    scene.grant(key, clause);
  }
  ItemKey has_identity(std::string const& id = own) {
    return scene.contribute(home, "ru/staff", {.type = "identity", .id = id});
  }
  void published(std::string const& id = own) {
    Frameworks& frameworks = scene.holdings.frameworks;
    if (frameworks.all.empty()) frameworks.allow("ics", "ATT&CK for ICS", {}, 100);
    FrameworkObject one;
    one.type = "identity", one.id = id, one.version = "1";
    frameworks.load(one);
  }
  Disclosure sighting(std::vector<model::Reference> references, std::string const& creator = "") {
    auto facts = tests::refers_to(std::move(references));
    facts.creator = creator;
    return to_iq(scene.contribute(
        key, "ru/staff", {.properties = {"object_refs", "where_refs", "note"}, .facts = std::move(facts)}));
  }
  static model::Reference where(std::string const& id, ReferenceKind kind = ReferenceKind::in_list) {
    return {id, kind, "where_refs"};
  }

  AgreementKey home = scene.agreement({"ru/staff"}, "home");
};

TEST_F(HiddenAuthor, IsNotNamedByAnIdentityThatIsPublishedToo) {  // A8
  published();
  EXPECT_TRUE(sighting({where(own)}).form.dropped.empty()) << "so far it is nobody's, as any other";
  has_identity();
  EXPECT_EQ(sighting({where(own)}).form.dropped, std::vector<std::string>{own});
  EXPECT_FALSE(sighting({where(own, ReferenceKind::required)}).given);
  EXPECT_FALSE(sighting({where(own, ReferenceKind::in_must_list)}).given);
  scene.grant(key);
  EXPECT_TRUE(sighting({where(own)}).form.is_whole()) << "by name it is free";
}

TEST_F(HiddenAuthor, IsNotNamedByThePublishedIdentityOfWhoeverPassesItOn) {
  published();
  has_identity();
  AgreementKey const between = scene.agreement({"il/staff", "ru/staff"}, "between");
  scene.grant(between);
  ItemKey const item = scene.contribute(
      between, "il/staff", {.properties = {"where_refs"}, .facts = tests::refers_to({where(own)})});
  scene.contribute_again(item, key, "ru/staff");
  EXPECT_EQ(to_iq(item).form.dropped, std::vector<std::string>{own});
}

TEST_F(HiddenAuthor, KeepsAPublishedIdentityThatItHadOfAnother) {
  published();
  AgreementKey const other = scene.agreement({"il/staff", "ru/staff"}, "other");
  scene.grant(other);
  scene.release(scene.contribute(other, "il/staff", {.type = "identity", .id = own}), other, "ru/staff");
  EXPECT_TRUE(sighting({where(own)}).form.dropped.empty());
}

TEST_F(HiddenAuthor, IsNotNamedByTheCreatorThatTheClauseHides) {  // whoever published it, or nobody did
  EXPECT_TRUE(sighting({where(own)}).form.dropped.empty()) << "the author's text";
  EXPECT_EQ(sighting({where(own), {own, ReferenceKind::creator, "created_by_ref"}}, own).form.dropped,
            std::vector<std::string>{own});
  published();
  EXPECT_EQ(sighting({where(own)}, own).form.dropped, std::vector<std::string>{own});
}

TEST_F(HiddenAuthor, IsNotNamedInText) {
  std::string const minted = "identity--minted";
  scene.law.identities[minted] = scene.party("ru");
  model::Reference const in_text{own, ReferenceKind::in_text, "note"};
  EXPECT_EQ(sighting({in_text}, own).form.cut, std::vector<std::string>{"note"});
  EXPECT_EQ(sighting({{minted, ReferenceKind::in_text, "note"}}).form.cut, std::vector<std::string>{"note"});
  EXPECT_TRUE(sighting({in_text}).form.cut.empty()) << "the author's text";
  scene.grant(key);
  EXPECT_TRUE(sighting({in_text}, own).form.is_whole());
}

TEST_F(Rule, AMarkedTypeWithholds) {  // the centre has no other to put in its place (A4)
  scene.grant(key);
  model::Facts facts;
  facts.granular = {{"marking-definition--unknown", {"type"}}};
  EXPECT_FALSE(to_iq(scene.contribute(key, "ru/staff", {.facts = facts})).given);
}

TEST_F(Rule, ANestedReferenceIsDroppedAndItsPropertyStays) {
  scene.grant(key);
  scene.contribute(scene.agreement({"ru/staff"}, "home"), "ru/staff", {.id = "file--1"});
  auto const with = [&](ReferenceKind kind) {
    return to_iq(scene.contribute(key, "ru/staff",
                                  {.type = "process",
                                   .properties = {"extensions"},
                                   .facts = tests::refers_to({{"file--1", kind, "extensions"}})}));
  };
  EXPECT_EQ(with(ReferenceKind::nested).form.dropped, std::vector<std::string>{"file--1"});
  EXPECT_FALSE(with(ReferenceKind::required).given);
}

TEST_F(Rule, AReferenceIsAsWellKnownAsItsBestRelease) {
  AgreementKey const other = scene.agreement({"ru/staff", "iq/defence"}, "other");
  scene.grant(key);
  list({"name"}, other);
  ItemKey const target =
      scene.contribute(key, "ru/staff", {.id = "x-thing--t", .properties = {"name", "source"}});
  scene.contribute_again(target, other, "ru/staff");
  scene.release(target, key, "iq/defence");
  EditionForm named_only;
  named_only.all_fields = false;
  named_only.granted = {{"name", 0, 0}};
  scene.release(target, other, "iq/defence", named_only);
  ItemKey const item =
      scene.contribute(key, "ru/staff",
                       {.properties = {"x_ref"},
                        .facts = tests::refers_to({{"x-thing--t", ReferenceKind::required, "x_ref"}})});
  EXPECT_TRUE(to_iq(item).form.is_whole()) << "iq has the target whole through one of two agreements";
}

TEST_F(Rule, AProhibitionOfAnotherAgreementBindsOnlyBetweenParticipants) {
  AgreementKey const other = scene.agreement({"ru/staff", "iq/defence"}, "other");
  scene.grant(key);
  ItemKey const item = scene.contribute(key, "ru/staff");
  auto prohibition = Scene::whole();
  prohibition.scope = model::Scope::this_agreement;
  scene.prohibit(other, prohibition);
  EXPECT_TRUE(to_iq(item).given);
  prohibition.id = "between";
  prohibition.scope = model::Scope::between_participants;
  scene.prohibit(other, prohibition);
  EXPECT_FALSE(to_iq(item).given);
}

// --- finer ---------------------------------------------------------------------------------------------------------
EditionForm listed(std::vector<model::GrantedField> fields) {
  EditionForm form;
  form.all_fields = false;
  form.granted = std::move(fields);
  return form;
}

TEST(Finer, MoreFieldsAndSmallerSteps) {
  auto const name = listed({{"name", 0, 0}}), coarse = listed({{"name", 8192, 0}});
  EXPECT_TRUE(finer(name, coarse));
  EXPECT_FALSE(finer(coarse, name));
  EXPECT_FALSE(finer(name, name));
  EXPECT_TRUE(finer(EditionForm{}, name));
  EXPECT_FALSE(finer(name, EditionForm{}));
}

TEST(Finer, AllButAProhibitedFieldIsMoreThanAListWithoutIt) {
  EditionForm all;
  all.prohibited = {"source"};
  EXPECT_TRUE(finer(all, listed({{"name", 0, 0}})));
  EXPECT_FALSE(finer(all, listed({{"source", 0, 0}}))) << "neither has all of the other";
}

TEST(Finer, ANewFieldMayBringAReferenceThatIsDropped) {
  auto with_list = listed({{"name", 0, 0}, {"object_refs", 0, 0}});
  with_list.dropped = {"report--1"};
  EXPECT_TRUE(finer(with_list, listed({{"name", 0, 0}})));
  EXPECT_FALSE(finer(listed({{"name", 0, 0}}), with_list));
}

TEST(Finer, AReferenceIsDroppedThenRenamedThenKept) {
  EditionForm dropped, renamed, kept;
  dropped.dropped = renamed.renamed = {"report--1"};
  EXPECT_TRUE(finer(renamed, dropped));
  EXPECT_TRUE(finer(kept, renamed));
  EXPECT_TRUE(finer(kept, dropped));
  EXPECT_FALSE(finer(renamed, kept));
  EXPECT_FALSE(finer(dropped, renamed));
}

}  // namespace
}  // namespace comity::state
