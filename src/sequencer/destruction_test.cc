// Taking an item back destroys its bytes and facts everywhere but in the hands of those who had them; leaf and ruling
// stay, and a replay still gives the same state.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#include "centre_fixture.h"
#include "commands/pulse.h"
#include "journal/copying.h"
#include "machine_state.h"

namespace comity::sequencer {
namespace {

using tests::TestCentre;

class Destruction : public testing::Test {
 protected:
  Destruction() {
    world.party("ru", {"staff"});
    world.party("iq", {"defence"});
    world.in_force("ru.pact", {"ru/staff", "iq/defence"}, {tests::grant_clause("all")});
  }

  static constexpr char secret[] = "Nightjar over the bridge";
  static Bytes secret_object() {
    return tests::indicator_object(1, std::string(R"(,"description":")") + secret + "\"");
  }
  // Another that refers to it.
  static Bytes referring_object() {
    return R"({"type":"relationship","spec_version":"2.1","id":")" + tests::numbered_id("relationship", 2) +
           R"(","created":"2025-06-01T10:00:00.000Z","modified":"2025-06-01T10:00:00.000Z",)" +
           R"("relationship_type":"related-to","source_ref":")" + tests::numbered_id("indicator", 1) +
           R"(","target_ref":")" + tests::numbered_id("indicator", 1) + "\"}";
  }

  void take_back(std::string const& id) {
    world.send(world.prepare(world.feed("iq/defence"), model::CommandKind::delete_item,
                             commands::DeleteItem{id, "", ""}));
  }

  // Whether any file of the directory holds these bytes.
  bool is_on_disk(std::string const& bytes) const {
    for (auto const& entry : std::filesystem::recursive_directory_iterator(world.data())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      if (std::string(std::istreambuf_iterator<char>(file), {}).find(bytes) != std::string::npos) return true;
    }
    return false;
  }

  // As the centre has them made.
  void take_noted_snapshot() {
    auto const made = take_snapshot(world.data());
    ASSERT_TRUE(made) << made.error().detail;
    model::Command command;
    command.body = codec::encode(commands::Pulse{{}, made->index, made->digest});
    world.send({std::move(command)});
  }
  uint32_t owed() const { return InFlight::open(world.data() + "/in-flight").value()->owed(); }

  void expect_replay_agrees() {
    auto const report = tests::replayed(world.centre(), Redecide::yes);
    EXPECT_FALSE(report.mismatch) << "record " << *report.mismatch;
    EXPECT_EQ(report.state, tests::state_digest(world.centre()));
  }

  TestCentre world;
  journal::TestFolder folder_;
};

TEST_F(Destruction, BytesAndFactsAreGoneAndTheRulingStays) {
  Index const index = world.contribute_all("iq/defence", "ru.pact", {secret_object()})[0].index;
  PayloadKey const key = world.centre().reader().read(index)->payload;
  ASSERT_TRUE(is_on_disk(secret));
  take_back(tests::numbered_id("indicator", 1));
  EXPECT_EQ(world.centre().payload(key).error().code, ErrorCode::not_found);
  auto const record = world.centre().reader().read(index);
  ASSERT_TRUE(record);
  EXPECT_TRUE(record->sealed_destroyed);
  EXPECT_TRUE(record->command.sealed.empty());
  EXPECT_TRUE(record->ruling.accepted());
  EXPECT_FALSE(is_on_disk(secret));
  EXPECT_GE(tests::replayed(world.centre(), Redecide::yes).not_decidable, 1u);
  expect_replay_agrees();
  world.restart();
  expect_replay_agrees();
}

// E8: a snapshot of before keeps what the state knew of it until two newer ones exist, and then no file has it.
TEST_F(Destruction, ASnapshotKeepsItUntilTwoNewerOnesExist) {
  std::string const label = "nightjar-over-the-bridge";
  world.contribute("iq/defence", "ru.pact", tests::indicator_object(1, R"(,"labels":[")" + label + "\"]"));
  take_noted_snapshot();
  take_back(tests::numbered_id("indicator", 1));
  std::string const snapshots = snapshots_path(world.data());
  EXPECT_TRUE(is_on_disk(label)) << "in " << snapshots;
  for (int newer = 1; newer <= 2; ++newer) {
    EXPECT_TRUE(is_on_disk(label)) << newer << " newer ones do not exist";
    world.contribute("iq/defence", "ru.pact", tests::indicator_object(10 + newer));
    take_noted_snapshot();
  }
  EXPECT_FALSE(is_on_disk(label));
  expect_replay_agrees();
}

// Also where the centre stops between the two that are owed, or before both: it goes on with them at the next start.
TEST_F(Destruction, WhatIsOwedAfterADestructionOutlivesAStop) {
  std::string const label = "nightjar-over-the-bridge", answer = folder_.file("answer");
  world.contribute("iq/defence", "ru.pact", tests::indicator_object(1, R"(,"labels":[")" + label + "\"]"));
  take_noted_snapshot();
  world.options.snapshots.command = {"/bin/sh", "-c", "cat " + answer + " && rm " + answer};
  world.options.snapshots.pause = milliseconds(20);
  take_back(tests::numbered_id("indicator", 1));
  for (uint32_t left : {1u, 0u}) {
    world.restart();
    EXPECT_TRUE(is_on_disk(label));
    EXPECT_EQ(owed(), left + 1);
    world.contribute("iq/defence", "ru.pact", tests::indicator_object(10 + static_cast<int>(left)));
    auto const made = take_snapshot(world.data());
    ASSERT_TRUE(made);
    ASSERT_TRUE(world.seam().files.write(
        answer, std::to_string(made->index) + " " + to_hex(made->digest) + "\n", 0600));
    for (int i = 0; i < 10'000 && owed() != left; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    ASSERT_EQ(owed(), left);
  }
  EXPECT_FALSE(is_on_disk(label));
  world.restart();
  EXPECT_EQ(owed(), 0u);
  expect_replay_agrees();
}

// While somebody reads on for long, a backup say, the write-ahead log cannot be emptied; it is as soon as he is done.
TEST_F(Destruction, WhatALongReaderHoldsGoesWhenHeIsDone) {
  world.contribute("iq/defence", "ru.pact", secret_object());
  bool done = false;
  ASSERT_TRUE(journal::copy_rows(journal_path(world.data()), [&](journal::Row&&) -> Result<void> {
    if (!std::exchange(done, true)) take_back(tests::numbered_id("indicator", 1));
    return {};
  }));
  world.contribute("iq/defence", "ru.pact", tests::indicator_object(2));
  // The log is tended after the answer has gone out.
  for (int i = 0; i < 5'000 && is_on_disk(secret); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_FALSE(is_on_disk(secret));
}

// An exact duplicate is accepted and changes nothing; but its record holds the same bytes.
TEST_F(Destruction, DuplicatesAreDestroyedToo) {
  world.contribute("iq/defence", "ru.pact", secret_object());
  Index const copy = world.contribute_all("iq/defence", "ru.pact", {secret_object()})[0].index;
  PayloadKey const key = world.centre().reader().read(copy)->payload;
  take_back(tests::numbered_id("indicator", 1));
  EXPECT_FALSE(world.centre().payload(key));
  EXPECT_TRUE(world.centre().reader().read(copy)->sealed_destroyed);
  EXPECT_FALSE(is_on_disk(secret));
  expect_replay_agrees();
}

// What was released while the deleted item was there cannot be decided again, and is no damage.
TEST_F(Destruction, WhatReferredToWhatIsGoneIsNotDecidedAgain) {
  world.contribute("iq/defence", "ru.pact", secret_object());
  world.contribute("iq/defence", "ru.pact", referring_object());
  take_back(tests::numbered_id("indicator", 1));
  EXPECT_EQ(tests::replayed(world.centre(), Redecide::yes).not_decidable, 2u);
  expect_replay_agrees();
  world.contribute("iq/defence", "ru.pact",
                   tests::indicator_object(5));  // from here on every record counts again
  expect_replay_agrees();
}

TEST_F(Destruction, WhatIsStillContributedElsewhereStays) {
  world.in_force("ru.other", {"ru/staff", "iq/defence"}, {tests::grant_clause("all")});
  world.contribute("iq/defence", "ru.pact", secret_object());
  world.contribute("iq/defence", "ru.other", secret_object());
  world.send(world.prepare(world.feed("iq/defence"), model::CommandKind::delete_item,
                           commands::DeleteItem{tests::numbered_id("indicator", 1), "", "ru.other"}));
  EXPECT_TRUE(is_on_disk(secret));
  take_back(tests::numbered_id("indicator", 1));
  EXPECT_FALSE(is_on_disk(secret));
  expect_replay_agrees();
}

// What is given again is ruled on as if it had never been away, also by a centre that booted in between.
TEST_F(Destruction, GivenAgainItIsTheSameForARestartedCentre) {
  for (bool const restarted : {false, true}) {
    TestCentre other(restarted ? 2 : 3);
    other.party("ru", {"staff"});
    other.party("iq", {"defence"});
    other.in_force("ru.pact", {"ru/staff", "iq/defence"}, {tests::grant_clause("all")});
    other.contribute("iq/defence", "ru.pact", referring_object());
    other.contribute("iq/defence", "ru.pact", secret_object());
    other.send(other.prepare(other.feed("iq/defence"), model::CommandKind::delete_item,
                             commands::DeleteItem{tests::numbered_id("relationship", 2), "", ""}));
    if (restarted) other.restart();
    other.contribute("iq/defence", "ru.pact", referring_object());
    other.contribute("iq/defence", "ru.pact", tests::indicator_object(1, "", "2025-07-01T10:00:00.000Z"));
    auto const report = tests::replayed(other.centre(), Redecide::yes);
    EXPECT_FALSE(report.mismatch) << "record " << *report.mismatch;
    EXPECT_EQ(report.state, tests::state_digest(other.centre()));
    EXPECT_EQ(other.centre().read([](Glimpse const& glimpse) {
      return glimpse.state.holdings.referring_to(tests::numbered_id("indicator", 1)).size();
    }),
              1u);
  }
}

// Reports that refer to something a hundred offices come to know, more than one record looks at; some of them, on both sides
// of where it stopped, are destroyed afterwards.
TEST_F(Destruction, WhatWaitedToBeLookedAtIsReplayed) {
  constexpr int offices = 100, reports = 120;
  std::vector<std::string> slugs, all = {"ru/staff"};
  for (int i = 0; i < offices; ++i)
    slugs.push_back("o" + std::to_string(i)), all.push_back("us/" + slugs.back());
  world.party("us", slugs);
  world.in_force("ru.own", {"ru/staff", "iq/defence"}, {});
  world.in_force("ru.joint", all, {tests::grant_clause("all")});
  world.contribute("ru/staff", "ru.own", secret_object());
  auto const report = [](int number) {
    return R"({"type":"report","spec_version":"2.1","id":")" + tests::numbered_id("report", number) +
           R"(","created":"2025-06-01T10:00:00.000Z","modified":"2025-06-01T10:00:00.000Z","name":"n",)"
           R"("published":"2025-06-01T10:00:00.000Z","object_refs":[")" +
           tests::numbered_id("indicator", 1) + "\"]}";
  };
  for (int i = 10; i < 10 + reports; ++i) world.contribute("ru/staff", "ru.joint", report(i));
  Answer const answer = world.contribute_all("ru/staff", "ru.joint", {secret_object()})[0];
  ASSERT_FALSE(answer.ruling.unfinished.empty());
  auto const waits = [&] {
    return world.centre().read(
        [](Glimpse const& glimpse) { return !glimpse.state.holdings.backlog.empty(); });
  };
  for (int tries = 0; waits() && tries < 10'000; ++tries)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  ASSERT_FALSE(waits());
  size_t const told = world.centre().read([&](Glimpse const& glimpse) {
    OfficeKey const office = glimpse.state.law.find_office("us/o7");
    return glimpse.state.holdings.feed({AgreementKey{}, office}).entries.size();
  });
  EXPECT_EQ(told, reports + 1u);
  expect_replay_agrees();
  for (int const number : {10, 11, 108, 112, 129})
    world.send(world.prepare(world.feed("ru/staff"), model::CommandKind::delete_item,
                             commands::DeleteItem{tests::numbered_id("report", number), "", ""}));
  expect_replay_agrees();
  world.restart();
  expect_replay_agrees();
}

}  // namespace
}  // namespace comity::sequencer
