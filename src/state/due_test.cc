#include "state/due.h"

#include <gtest/gtest.h>

#include "world.h"

namespace comity::state {
namespace {

using tests::Scene;

// ru, iq and sy; every item of the agreement goes from each to others.
struct Due : testing::Test {
  Scene scene;
  AgreementKey key = scene.agreement({"ru/staff", "iq/defence", "sy/staff"});
  size_t everything = scene.grant(key);

  std::vector<model::Release> due(std::vector<Contributed> changed) {
    return releases_due(scene.law, scene.holdings, scene.now, std::move(changed));
  }
  // The releases come true, as apply would make them.
  void apply(std::vector<model::Release> const& releases) {
    for (model::Release const& release : releases) scene.holdings.release(release, scene.next, scene.now);
    ++scene.next;
  }
  // An item that refers to another.
  ItemKey referring(std::string const& id) {
    return scene.contribute(key, "ru/staff",
                            {.properties = {"x_ref"},
                             .facts = tests::refers_to({{id, model::ReferenceKind::required, "x_ref"}})});
  }
};

TEST_F(Due, OfficesThatAreToldTheSameShareOneRelease) {
  ItemKey const item = scene.contribute(key, "ru/staff");
  auto const releases = due({{item, key}});
  ASSERT_EQ(releases.size(), 1u);
  EXPECT_EQ(releases[0].offices, (std::vector{scene.office("iq/defence"), scene.office("sy/staff")}));
  ASSERT_EQ(releases[0].items.size(), 1u);
  EXPECT_TRUE(releases[0].items[0].form.is_whole());
}

TEST_F(Due, WhatAnOfficeHasIsNoNews) {
  ItemKey const item = scene.contribute(key, "ru/staff");
  apply(due({{item, key}}));
  EXPECT_TRUE(due({{item, key}}).empty());
}

TEST_F(Due, NothingBeforeTheDelay) {
  scene.edit(key, [&](model::Text& text) { text.clauses[everything].delay = hours(1); });
  ItemKey const item = scene.contribute(key, "ru/staff");
  EXPECT_TRUE(due({{item, key}}).empty());
  scene.now = scene.now + hours(1);
  EXPECT_EQ(due({{item, key}}).size(), 1u);
}

TEST_F(Due, AFinerGrantIsNews) {
  scene.edit(key, [&](model::Text& text) { text.clauses[everything].fields_given = Scene::only({"name"}); });
  ItemKey const item = scene.contribute(key, "ru/staff", {.properties = {"name", "description"}});
  apply(due({{item, key}}));
  scene.grant(key);
  auto const releases = due({{item, key}});
  ASSERT_EQ(releases.size(), 1u);
  EXPECT_TRUE(releases[0].items[0].form.is_whole());
}

TEST_F(Due, AlsoBesideAProhibition) {
  scene.edit(key, [&](model::Text& text) { text.clauses[everything].fields_given = Scene::only({"name"}); });
  ItemKey const item = scene.contribute(key, "ru/staff", {.properties = {"name", "description", "source"}});
  apply(due({{item, key}}));
  auto prohibition = Scene::whole();
  prohibition.fields_given = Scene::only({"source"});
  scene.prohibit(key, prohibition);
  scene.grant(key);
  ASSERT_EQ(due({{item, key}}).size(), 1u) << "the description is new, whatever is prohibited";
}

TEST_F(Due, ATargetBringsWhatWaitedForIt) {
  ItemKey const target = scene.contribute(key, "ru/staff", {.id = "x-thing--target"});
  ItemKey const waiting = referring("x-thing--target");
  EXPECT_TRUE(due({{waiting, key}}).empty()) << "a required reference to what nobody has";
  auto const releases = due({{target, key}});
  ASSERT_EQ(releases.size(), 1u);
  ASSERT_EQ(releases[0].items.size(), 2u);
  EXPECT_EQ(releases[0].items[0].item, target);
  EXPECT_EQ(releases[0].items[1].item, waiting);
}

TEST_F(Due, ItemsThatReferToEachOtherEnd) {
  ItemKey const one = scene.contribute(
      key, "ru/staff",
      {.id = "x-thing--one",
       .properties = {"x_refs"},
       .facts = tests::refers_to({{"x-thing--two", model::ReferenceKind::in_list, "x_refs"}})});
  ItemKey const two = scene.contribute(
      key, "ru/staff",
      {.id = "x-thing--two",
       .properties = {"x_refs"},
       .facts = tests::refers_to({{"x-thing--one", model::ReferenceKind::in_list, "x_refs"}})});
  auto const releases = due({{one, key}, {two, key}});
  ASSERT_EQ(releases.size(), 1u);
  ASSERT_EQ(releases[0].items.size(), 2u);
  for (model::ReleasedItem const& released : releases[0].items) {
    EXPECT_TRUE(released.form.dropped.empty()) << "each keeps its reference";
    EXPECT_EQ(released.form.renamed.size(), 1u)
        << "to the other's edition: neither could be whole before the other";
  }
}

TEST_F(Due, ContributionsComeInTheirOrder) {
  ItemKey const first = scene.contribute(key, "ru/staff"), second = scene.contribute(key, "iq/defence");
  EXPECT_EQ(contributions_under(scene.holdings, key),
            (std::vector<Contributed>{{first, key}, {second, key}}));
}

}  // namespace
}  // namespace comity::state
