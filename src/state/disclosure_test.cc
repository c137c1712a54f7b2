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
  EXPECT_FALSE(opinion(marked({first}, {one}, {{one.id, {first}}})).given);
  EXPECT_FALSE(opinion(marked({first}, {one, two}, {{one.id, {first}}, {two.id, {}}})).given);
  EXPECT_TRUE(opinion(marked({first}, {one, two}, {{one.id, {}}, {two.id, {first}}})).given);
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
