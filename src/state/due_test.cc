#include "state/due.h"
#include "base/limits.h"

#include <gtest/gtest.h>

#include <set>

#include "world.h"

namespace comity::state {
namespace {

using tests::Scene;

// ru, iq and sy; every item of the agreement goes from each to others.
using Kind = model::ReferenceKind;

std::set<ItemKey> given(std::vector<model::Release> const& releases) {
  std::set<ItemKey> items;
  for (model::Release const& release : releases)
    for (model::ReleasedItem const& released : release.items) items.insert(released.item);
  return items;
}

struct Due : testing::Test {
  Scene scene;
  AgreementKey key = scene.agreement({"ru/staff", "iq/defence", "sy/staff"});
  size_t everything = scene.grant(key);

  std::vector<model::Release> due(std::vector<Contributed> changed) {
    Changed all;
    for (Contributed const& one : changed) all.push_back({one});
    return releases_due(scene.law, scene.holdings, scene.now, all).releases;
  }
  // The releases come true, as apply would make them.
  void apply(std::vector<model::Release> const& releases) {
    for (model::Release const& release : releases) scene.holdings.release(release, scene.next, scene.now);
    ++scene.next;
  }
  // `x-thing--ID`, which refers to `x-thing--OTHER`.
  ItemKey linked(std::string const& id, std::string const& other, Kind kind = Kind::in_list,
                 std::vector<std::string> more = {}) {
    std::vector<std::string> properties = std::move(more);
    properties.push_back("x_ref");
    return scene.contribute(key, "ru/staff",
                            {.id = "x-thing--" + id,
                             .properties = std::move(properties),
                             .facts = tests::refers_to({{"x-thing--" + other, kind, "x_ref"}})});
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

TEST_F(Due, ItemsThatReferToEachOtherComeInTheirFinalForm) {
  ItemKey const one = linked("one", "two"), two = linked("two", "one");
  auto const releases = due({{one, key}, {two, key}});
  ASSERT_EQ(releases.size(), 1u);
  ASSERT_EQ(releases[0].items.size(), 2u);
  for (model::ReleasedItem const& released : releases[0].items) EXPECT_TRUE(released.form.is_whole());
  apply(releases);
  EXPECT_TRUE(scene.disclosed("iq/defence", one, key).form.is_whole()) << "feed and edition agree";
  EXPECT_TRUE(due({{one, key}, {two, key}}).empty()) << "nothing is left to tell";
}

TEST_F(Due, AlsoWhenTheyCannotBeWithoutEachOther) {
  ItemKey const one = linked("one", "two", Kind::required), two = linked("two", "three", Kind::in_must_list),
                three = linked("three", "one", Kind::required);
  EXPECT_EQ(given(due({{two, key}})), (std::set{one, two, three}));
}

TEST_F(Due, AMemberOfARingThatMayNotComeHoldsUpWhatNeedsIt) {
  scene.edit(key, [&](model::Text& text) { text.clauses[everything].items.types = {{"x-thing"}}; });
  ItemKey const one = linked("one", "two", Kind::required), two = linked("two", "three", Kind::required);
  ItemKey const three =
      scene.contribute(key, "ru/staff",
                       {.type = "x-other",
                        .id = "x-thing--three",
                        .properties = {"x_ref"},
                        .facts = tests::refers_to({{"x-thing--one", Kind::required, "x_ref"}})});
  EXPECT_TRUE(due({{one, key}, {two, key}, {three, key}}).empty());
}

TEST_F(Due, ARingWithAnEditionInItIsNamedByIt) {
  auto listed = Scene::whole();
  listed.fields_given = Scene::only({"x_ref"});
  listed.items.labels_any = {{"coarse"}};
  scene.edit(key, [&](model::Text& text) { text.clauses[everything].items.labels_any = {{"fine"}}; });
  scene.grant(key, listed);
  auto const labelled = [&](char const* id, char const* other, char const* label) {
    auto facts = tests::refers_to({{std::string("x-thing--") + other, Kind::required, "x_ref"}});
    facts.labels = {label};
    return scene.contribute(
        key, "ru/staff",
        {.id = std::string("x-thing--") + id, .properties = {"labels", "x_ref"}, .facts = facts});
  };
  ItemKey const one = labelled("one", "two", "fine"), two = labelled("two", "one", "coarse");
  auto const releases = due({{one, key}, {two, key}});
  EXPECT_EQ(given(releases), (std::set{one, two}));
  for (model::ReleasedItem const& released : releases.at(0).items)
    EXPECT_EQ(released.form.renamed.size(), 1u) << "each knows the other by its own id for it";
}

TEST_F(Due, ARingIsClosedByWhatComesLater) {
  auto finer_later = Scene::whole();
  finer_later.fields_given = Scene::only({"x_ref"});
  scene.edit(key, [&](model::Text& text) { text.clauses[everything].items.object_ids = {{"x-thing--one"}}; });
  scene.grant(key, finer_later);
  ItemKey const one = linked("one", "two", Kind::required, {"name"}),
                two = linked("two", "one", Kind::required, {"name"});
  apply(due({{one, key}, {two, key}}));
  EXPECT_EQ(scene.disclosed("iq/defence", one, key).form.renamed.size(), 1u);
  scene.grant(key);
  auto const releases = due({{two, key}});
  EXPECT_EQ(given(releases), (std::set{one, two}));
  for (model::ReleasedItem const& released : releases.at(0).items) EXPECT_TRUE(released.form.is_whole());
}

TEST_F(Due, WhatLawGivesBackBringsReferencesToItBack) {
  AgreementKey const other = scene.agreement({"ru/staff", "iq/defence"});
  scene.grant(other);
  ItemKey const target = scene.contribute(key, "ru/staff", {.id = "x-thing--target"});
  apply(due({{target, key}}));
  UtcTime& until = scene.law.agreement(key).clauses[everything].applies_until;
  until = scene.now;
  ItemKey const report = scene.contribute(
      other, "ru/staff",
      {.properties = {"x_ref"}, .facts = tests::refers_to({{"x-thing--target", Kind::required, "x_ref"}})});
  EXPECT_TRUE(due({{report, other}}).empty()) << "what it refers to is not to be had now";
  until = never;
  Changed const by_law = {{{target, key}, limits::backlog_hops}};
  EXPECT_EQ(given(releases_due(scene.law, scene.holdings, scene.now, by_law).releases), std::set{report});
}

TEST_F(Due, ContributionsComeInTheirOrder) {
  ItemKey const first = scene.contribute(key, "ru/staff"), second = scene.contribute(key, "iq/defence");
  EXPECT_EQ(contributions_under(scene.holdings, key),
            (std::vector<Contributed>{{first, key}, {second, key}}));
}

}  // namespace
}  // namespace comity::state
