// For tests of a journal that was put back: a centre whose journal, or whole directory, is replaced by an older one, and its two
// officers.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "centre_fixture.h"
#include "machine_state.h"
#include "sequencer/backup.h"
#include "sequencer/put_back.h"

namespace comity::sequencer {

namespace fs = std::filesystem;
using model::CommandKind;
using model::ReasonCode;
using Cause = state::Restoring::Cause;
using tests::TestCentre;

class PutBackTest : public testing::Test {
 protected:
  PutBackTest() {
    world.party("ru", {"staff"});
    world.party("iq", {"defence"});
    world.in_force("ru.pact", {"ru/staff", "iq/defence"}, {tests::grant_clause("all")});
    contribute(1);
  }

  void contribute(int number) { world.contribute("iq/defence", "ru.pact", tests::indicator_object(number)); }
  std::string in_data(std::string const& name) const { return world.data() + "/" + name; }
  std::string kept(std::string const& name) const { return folder_.file(name); }

  // The journal as it is now; later it takes the place of the one that is there then.
  void keep() {
    fs::remove(kept("b"));
    ASSERT_TRUE(back_up({world.data(), kept("b"), {}}, world.seam(), [](Index) {}));
  }
  void put_journal_back() {
    world.stop();
    ASSERT_TRUE(restore({kept("b"), kept("again"), {}, ""}, world.seam(), [](Index) {}));
    for (char const* rest : {"", "-wal", "-shm"}) fs::remove(journal_path(world.data()) + rest);
    fs::copy_file(journal_path(kept("again")), journal_path(world.data()));
    fs::remove_all(kept("again"));
  }
  // As `comity restore` does it where the directory was.
  void restore_all(std::string const& head = "") {
    world.stop();
    fs::remove_all(kept("lost"));
    fs::rename(world.data(), kept("lost"));
    ASSERT_TRUE(restore({kept("b"), world.data(), {}, head.empty() ? "" : kept("lost/" + head)}, world.seam(),
                        [](Index) {}));
  }
  void start() {
    auto const started = world.start();
    ASSERT_TRUE(started) << started.error().detail;
  }

  std::optional<state::Restoring> found() {
    return world.centre().read([](Glimpse const& glimpse) { return glimpse.state.restoring; });
  }
  void expect_found(Cause cause, Index size, Index known) {
    ASSERT_TRUE(found());
    EXPECT_EQ(found()->cause, cause);
    EXPECT_EQ(found()->size, size);
    EXPECT_EQ(found()->known, known);
    EXPECT_TRUE(world.centre().serves_nobody());
    EXPECT_STREQ(world.centre().health(), "failing");
    EXPECT_TRUE(world.centre().vitals().restoring);
    expect_nothing_is_taken();
  }
  void expect_nothing_is_taken() {
    Index const before = tests::next_index(world.centre());
    EXPECT_EQ(world.contribute_all("iq/defence", "ru.pact", {tests::indicator_object(99)})[0].kind,
              Answer::Kind::busy);
    EXPECT_EQ(world
                  .ask_signed("hosting/operations", "first", CommandKind::propose_host_act,
                              commands::ProposeHostAct{CommandKind::adopt_ruleset,
                                                       codec::encode(commands::AdoptRuleset{1})})
                  .kind,
              Answer::Kind::busy);
    EXPECT_EQ(tests::next_index(world.centre()), before);
  }

  Answer propose(commands::Restored const& body) {
    return world.ask_signed("hosting/operations", "first", CommandKind::propose_host_act,
                            commands::ProposeHostAct{CommandKind::restored, codec::encode(body)}, &proposal_);
  }
  Answer countersign() {
    return world.ask_signed("hosting/operations", "second", CommandKind::countersign_host_act,
                            commands::CountersignHostAct{proposal_});
  }
  Answer record(commands::Restored const& body) {
    EXPECT_TRUE(propose(body).ruling.accepted());
    return countersign();
  }
  void expect_open(std::string const& origin) {
    EXPECT_FALSE(world.centre().serves_nobody());
    EXPECT_STREQ(world.centre().health(), "ok");
    EXPECT_EQ(world.centre().read([](Glimpse const& glimpse) { return glimpse.state.centre.origin_now(); }),
              origin);
    auto const replayed = tests::replayed(world.centre(), Redecide::yes);
    EXPECT_FALSE(replayed.mismatch) << "record " << *replayed.mismatch;
    EXPECT_EQ(replayed.state, tests::state_digest(world.centre()));
  }
  static AgreementKey world_agreement(state::Law const& law) {
    for (size_t i = 0; i < law.agreements.size(); ++i)
      if (law.agreements[i].id == "ru.pact") return AgreementKey(i);
    return {};
  }
  static ReasonCode reason_of(Answer const& answer) {
    return answer.ruling.accepted() ? ReasonCode::none : answer.ruling.reasons[0].code;
  }
  Submission revoking() {
    return world.prepare(world.duty("iq/defence"), CommandKind::revoke_client,
                         commands::RevokeClient{"iq/defence/feed"});
  }

  TestCentre world;
  journal::TestFolder folder_;
  Digest proposal_;
};

}  // namespace comity::sequencer
