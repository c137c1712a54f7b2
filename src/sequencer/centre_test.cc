// The centre as doors use it: what is answered, in which order, once, and what is left of it after a restart.
#include "sequencer/centre.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <set>
#include <thread>

#include "base/limits.h"
#include "centre_fixture.h"
#include "journal/faulty_vfs.h"
#include "machine_state.h"

namespace comity::sequencer {
namespace {

using tests::replayed;
using tests::state_digest;
using tests::TestCentre;

class CentreTest : public testing::Test {
 protected:
  CentreTest() {
    world.party("ru", {"staff"});
    world.party("iq", {"defence"});
  }

  Centre& centre() { return world.centre(); }

  // A command that anyone may send, about a token of its own.
  Submission mark(std::string const& token, std::string const& office = "ru/staff",
                  std::string const& key = "") {
    Author const author = world.feed(office);
    Submission made = world.prepare(author, model::CommandKind::revoke_token,
                                    commands::RevokeToken{token, office + "/feed"});
    made.command.idempotency_key = key;
    return made;
  }
  // The same without a token, which is refused.
  Submission wrong() { return mark(""); }

  std::vector<Submission> marks(size_t count) {
    std::vector<Submission> all;
    for (size_t i = 0; i < count; ++i) all.push_back(mark("token " + std::to_string(i)));
    return all;
  }

  static void expect_refused(Answer const& answer, model::ReasonCode code) {
    ASSERT_EQ(answer.kind, Answer::Kind::ruled);
    ASSERT_FALSE(answer.ruling.accepted());
    EXPECT_EQ(answer.ruling.reasons[0].code, code);
  }

  TestCentre world;
};

TEST_F(CentreTest, AReplayGivesTheStateThatRan) {
  world.in_force("ru.pact", {"ru/staff", "iq/defence"}, {tests::grant_clause("all")});
  world.contribute("iq/defence", "ru.pact", tests::indicator_object(1));
  EXPECT_EQ(replayed(centre(), Redecide::no).state, state_digest(centre()));
  Digest const before = state_digest(centre());
  world.restart();
  EXPECT_NE(state_digest(centre()), before) << "boot recorded a pulse";
  EXPECT_EQ(replayed(centre(), Redecide::no).state, state_digest(centre()));
  EXPECT_FALSE(replayed(centre(), Redecide::yes).mismatch);
}

TEST_F(CentreTest, WhatIsAnsweredIsInTheJournal) {
  Answer const answer = world.ask(mark("a"));
  auto const record = centre().reader().read(answer.index);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->time, answer.time);
  EXPECT_EQ(record->command.kind, model::CommandKind::revoke_token);
}

TEST_F(CentreTest, ManySubmittersEachGetTheirOwnRuling) {
  constexpr int threads = 8, each = 25;
  std::vector<std::future<std::vector<Answer>>> all;
  for (int t = 0; t < threads; ++t)
    all.push_back(std::async(std::launch::async, [&, t] {
      std::vector<Answer> answers;
      for (int i = 0; i < each; ++i) {
        answers.push_back(centre().submit_and_wait(mark(std::to_string(t) + "." + std::to_string(i))));
        EXPECT_TRUE(centre().reader().read(answers.back().index)) << "answered before it was durable";
      }
      return answers;
    }));
  std::set<Index> indices;
  for (auto& one : all) {
    std::vector<Answer> const answers = one.get();
    EXPECT_TRUE(std::ranges::is_sorted(answers, {}, &Answer::index));
    for (Answer const& answer : answers) indices.insert(answer.index);
  }
  EXPECT_EQ(indices.size(), size_t{threads * each});
  EXPECT_EQ(replayed(centre(), Redecide::yes).state, state_digest(centre()));
}

TEST_F(CentreTest, CommandsThatWaitShareOneCommit) {
  world.stop();
  journal::FaultyDisk disk;
  ASSERT_TRUE(world.start());
  uint64_t const before = disk.operations();
  world.ask(mark("alone"));
  uint64_t const of_one = disk.operations() - before;
  constexpr size_t count = 100;
  std::atomic<size_t> answered{0};
  std::vector<Submission> all = marks(count);
  centre().read([&](Glimpse const&) {  // no commit ends while somebody reads
    for (Submission& one : all) {
      std::vector<Submission> alone;
      alone.push_back(std::move(one));
      centre().submit(std::move(alone), [&](std::vector<Answer>&&) { ++answered; });
    }
    return 0;
  });
  while (answered < count) std::this_thread::yield();
  EXPECT_LT(disk.operations() - before - of_one, 10 * of_one);
  world.stop();
}

TEST_F(CentreTest, AListTakesEffectInItsOrder) {
  std::vector<Answer> const answers = centre().submit_and_wait(marks(20));
  for (size_t i = 1; i < answers.size(); ++i) EXPECT_EQ(answers[i].index, answers[0].index + i);
}

// 15-forms 3: one key of one office stands for one command for ever.
TEST_F(CentreTest, TheSameKeyAndCommandGiveTheSameRulingAlsoAfterARestart) {
  Answer const first = world.ask(mark("a", "ru/staff", "key"));
  for (int round = 0; round < 2; ++round) {
    Answer const again = world.ask(mark("a", "ru/staff", "key"));
    EXPECT_EQ(again.index, first.index);
    EXPECT_EQ(again.time, first.time);
    EXPECT_TRUE(again.ruling.accepted());
    expect_refused(world.ask(mark("b", "ru/staff", "key")), model::ReasonCode::key_reused);
    world.restart();
  }
}

TEST_F(CentreTest, ARefusalIsRepeatedByItsKeyToo) {
  auto const refused = [&] { return mark("", "ru/staff", "key"); };
  Answer const first = world.ask(refused());
  expect_refused(first, model::ReasonCode::malformed);
  EXPECT_EQ(world.ask(refused()).index, first.index);
}

TEST_F(CentreTest, AKeyTwiceInOneListIsOneCommand) {
  std::vector<Submission> both;
  both.push_back(mark("a", "ru/staff", "key"));
  both.push_back(mark("a", "ru/staff", "key"));
  std::vector<Answer> const answers = centre().submit_and_wait(std::move(both));
  EXPECT_EQ(answers[0].index, answers[1].index);
  EXPECT_TRUE(answers[1].ruling.accepted());
}

TEST_F(CentreTest, KeysOfTwoOfficesDoNotMeet) {
  Answer const first = world.ask(mark("a", "ru/staff", "key"));
  Answer const other = world.ask(mark("b", "iq/defence", "key"));
  EXPECT_TRUE(other.ruling.accepted());
  EXPECT_NE(other.index, first.index);
}

// 25-isolation E6: beyond the quota a refusal leaves no record; what is accepted is not in its way.
TEST_F(CentreTest, RefusalsBeyondTheQuotaAreNotRecorded) {
  std::vector<Submission> many;
  for (uint32_t i = 0; i <= limits::refusals_per_hour.usual; ++i) many.push_back(wrong());
  std::vector<Answer> const answers = centre().submit_and_wait(std::move(many));
  expect_refused(answers[limits::refusals_per_hour.usual - 1], model::ReasonCode::malformed);
  EXPECT_EQ(answers.back().kind, Answer::Kind::over_quota);
  Index const before = tests::next_index(centre());
  EXPECT_EQ(world.ask(wrong()).kind, Answer::Kind::over_quota);
  EXPECT_EQ(tests::next_index(centre()), before);
  EXPECT_TRUE(world.ask(mark("a")).ruling.accepted());
  world.advance(limits::fault_window);
  expect_refused(world.ask(wrong()), model::ReasonCode::malformed);
}

TEST_F(CentreTest, ARefusedPayloadIsNotKept) {
  Submission submission = wrong();
  submission.payload = "a secret";
  Answer const answer = world.ask(submission);
  auto const record = centre().reader().read(answer.index);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->payload, 0u);
  EXPECT_FALSE(record->payload_commitment.is_none());
}

TEST_F(CentreTest, AFullQueueIsBusyAndLosesNothing) {
  std::atomic<size_t> ruled{0};
  auto const count = [&](std::vector<Answer>&& answers) {
    for (Answer const& one : answers) ruled += one.kind == Answer::Kind::ruled;
  };
  bool refused_at_once = false;
  std::vector<Submission> first = marks(1), full = marks(limits::queue_commands), more = marks(1);
  centre().read([&](Glimpse const&) {
    centre().submit(std::move(first), count);
    while (centre().queue_length() != 0) std::this_thread::yield();  // the writer has it, and waits for us
    centre().submit(std::move(full), count);
    EXPECT_EQ(centre().queue_length(), limits::queue_commands);
    centre().submit(std::move(more), [&](std::vector<Answer>&& answers) {
      refused_at_once = answers.size() == 1 && answers[0].kind == Answer::Kind::busy;
    });
    return 0;
  });
  EXPECT_TRUE(refused_at_once);
  world.stop();  // finishes what is queued
  EXPECT_EQ(ruled, limits::queue_commands + 1);
}

}  // namespace
}  // namespace comity::sequencer
