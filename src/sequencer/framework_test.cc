// A framework from the officers' allowing to the journal: the centre finds out for itself whether bytes are in the tree, and
// what it has loaded is there after a restart, after a snapshot, and when everything is decided again.
#include "sequencer/framework.h"

#include <gtest/gtest.h>

#include "centre_fixture.h"
#include "forms/command.h"
#include "machine_state.h"
#include "merkle/inclusion.h"
#include "merkle/tree.h"
#include "sequencer/preview.h"

namespace comity::sequencer {
namespace {

Bytes object(int number) {
  return R"({ "type": "attack-pattern", "spec_version": "2.1", "id": ")" +
         tests::numbered_id("attack-pattern", number) +
         R"(", "created": "2025-06-01T10:00:00.000Z", "modified": "2025-06-01T10:00:00.000Z", "name": "N")" +
         (number == 3 ? R"(, "labels": [])" : "") + " }";  // a list is never empty
}

struct FrameworkTest : testing::Test {
  FrameworkTest() {
    for (int i = 0; i < 5; ++i) leaves.push_back(merkle::hash_of_leaf_data(object(i)));
    commands::AllowFramework const allowed{"ics", "ICS", paths().root(), 5};
    auto const proposed =
        world.act("hosting/operations", "first", model::CommandKind::propose_host_act,
                  commands::ProposeHostAct{model::CommandKind::allow_framework, codec::encode(allowed)},
                  {{"name", "ics"}});
    world.act("hosting/operations", "second", model::CommandKind::countersign_host_act,
              commands::CountersignHostAct{proposed.command.digest}, {});
    officer = world.person("first@hosting", "hosting/operations");
  }

  merkle::InclusionPaths paths() const { return merkle::InclusionPaths(leaves); }

  Submission loading(Bytes const& bytes, size_t place, std::vector<Digest> const& proof) {
    std::string list;
    for (Digest const& step : proof) list += (list.empty() ? "\"" : ",\"") + to_hex(step) + "\"";
    Bytes const document = R"({"kind":"load_framework_object","body":{"framework":"ics","root":")" +
                           to_hex(paths().root()) + R"(","objects":5,"place":)" + std::to_string(place) +
                           R"(,"proof":[)" + list + R"(],"object":)" + bytes + "}}";
    auto read = forms::read_command(document, "", Tools(world.centre(), officer));
    EXPECT_TRUE(read) << read.error().problems.front().pointer << " " << read.error().problems.front().reason;
    return prepare(world.centre(), officer, std::move(*read));
  }
  model::Ruling ask(Submission const& submission) { return world.ask(submission).ruling; }

  tests::TestCentre world;
  std::vector<Digest> leaves;
  Author officer;
};

TEST_F(FrameworkTest, HowItWasJudgedIsKept) {
  for (int const place : {2, 3})
    EXPECT_TRUE(
        ask(loading(object(place), static_cast<size_t>(place), paths().path(static_cast<size_t>(place))))
            .accepted());
  auto const flaws = [&] {
    return world.centre().read([](Glimpse const& glimpse) {
      auto const& objects = glimpse.state.holdings.frameworks.objects;
      return std::pair(objects.at(0).permissive, objects.at(1).permissive);
    });
  };
  EXPECT_EQ(flaws(), std::pair(false, true));
  world.restart();
  EXPECT_EQ(flaws(), std::pair(false, true));
}

TEST_F(FrameworkTest, TheCentreSeesForItselfWhatIsInTheTree) {
  for (size_t place : {4u, 0u, 2u})
    EXPECT_TRUE(ask(loading(object(static_cast<int>(place)), place, paths().path(place))).accepted());
  for (auto const& wrong :
       {loading(object(1), 3, paths().path(3)), loading("{ " + object(1).substr(1), 1, paths().path(1)),
        loading(object(7), 1, paths().path(1)), loading(object(1), 1, {})}) {
    EXPECT_FALSE(wrong.command.compare) << "how it compares is said of nothing else";
    auto const ruling = ask(wrong);
    ASSERT_FALSE(ruling.accepted());
    EXPECT_EQ(ruling.reasons[0].code, model::ReasonCode::not_in_framework);
  }
  auto const again = ask(loading(object(0), 0, paths().path(0)));
  ASSERT_FALSE(again.accepted());
  EXPECT_EQ(again.reasons[0].code, model::ReasonCode::already_done);
}

TEST_F(FrameworkTest, WhatIsLoadedIsInTheJournalAndInASnapshot) {
  for (size_t place = 0; place < 4; ++place)
    world.send(loading(object(static_cast<int>(place)), place, paths().path(place)));
  Digest const before = tests::state_digest(world.centre());
  EXPECT_EQ(tests::replayed(world.centre(), Redecide::yes).state, before);
  EXPECT_FALSE(tests::replayed(world.centre(), Redecide::yes).mismatch);
  world.stop();
  auto const snapshot = take_snapshot(world.data());
  ASSERT_TRUE(snapshot);
  world.restart();
  EXPECT_EQ(tests::replayed(world.centre(), Redecide::no).state, tests::state_digest(world.centre()));
  PayloadKey const payload = world.centre().read([](Glimpse const& glimpse) {
    auto const& frameworks = glimpse.state.holdings.frameworks;
    return frameworks.has(tests::numbered_id("attack-pattern", 2)) ? frameworks.objects[2].payload : 0;
  });
  EXPECT_EQ(world.centre().payload(payload).value(), object(2)) << "one without reading the others";
}

TEST_F(FrameworkTest, APreviewKnowsWhatIsLoaded) {
  auto const foreseen = [&](Submission const& submission) {
    auto const preview = sequencer::preview(world.centre(), {submission}, seconds(2));
    return preview ? preview->steps.at(0).ruling : model::Ruling{};
  };
  auto const submission = loading(object(0), 0, paths().path(0));
  EXPECT_TRUE(foreseen(submission).accepted());
  world.send(submission);
  auto const again = foreseen(loading(object(0), 0, paths().path(0)));
  ASSERT_FALSE(again.accepted());
  EXPECT_EQ(again.reasons[0].code, model::ReasonCode::already_done);
}

TEST_F(FrameworkTest, NothingElseIsInATree) {
  auto submission = loading(object(0), 0, paths().path(0));
  EXPECT_TRUE(is_in_framework(submission.command, object(0)));
  EXPECT_FALSE(is_in_framework(submission.command, object(1)));
  submission.command.kind = model::CommandKind::contribute;
  EXPECT_FALSE(is_in_framework(submission.command, object(0)));
  submission.command.kind = model::CommandKind::load_framework_object;
  submission.command.body.clear();
  EXPECT_FALSE(is_in_framework(submission.command, object(0)));
}

}  // namespace
}  // namespace comity::sequencer
