// After a crash (25-isolation E11): the command the machine was at work on is refused by name, and an office that does it
// twice within an hour may not send commands of that kind any more. A death from outside blames nobody the first time.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "centre_fixture.h"
#include "child_process.h"
#include "commands/note_served.h"
#include "machine_state.h"

namespace comity::sequencer {
namespace {

using model::ReasonCode;
using tests::TestCentre;

class CentreFaults : public testing::Test {
 protected:
  CentreFaults() {
    world.party("ru", {"staff"});
    world.party("iq", {"defence"});
  }

  Submission mark(std::string const& token, std::string const& office = "ru/staff") {
    Author const author = world.feed(office);
    return world.prepare(author, model::CommandKind::revoke_token,
                         commands::RevokeToken{token, office + "/feed"});
  }
  Submission note() {
    return world.prepare(Author{}, model::CommandKind::note_served, commands::NoteServed{});
  }

  // As if the program had crashed while it decided this. Children below really do.
  void crash_on(Submission const& submission) {
    world.stop();
    {
      auto const mark = InFlight::open(world.data() + "/in-flight");
      ASSERT_TRUE(mark);
      (*mark)->set(submission.command);
      (*mark)->crashed().store(1);
    }
    auto const started = world.start();
    ASSERT_TRUE(started) << started.error().detail;
  }

  std::unique_ptr<InFlight> file() {
    auto opened = InFlight::open(world.data() + "/in-flight");
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }

  // A process of its own opens the centre and dies of this command: its actor is far outside the table of clients.
  void segfault_on(std::string const& token) {
    world.stop();
    int const status = tests::end_of(tests::begin_child([&] {
      if (!world.start()) ::_exit(0);
      Submission bad = mark(token);
      bad.command.actor.key = 0x7fff'ffff;
      world.ask(bad);
    }));
    ASSERT_FALSE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "it has not died";
    ASSERT_TRUE(world.start());
  }

  // A process of its own decides this command over and over, and is killed while it does.
  void kill_on(std::string const& token) {
    world.stop();
    pid_t const child = tests::begin_child([&] {
      if (!world.start()) ::_exit(0);
      std::vector<Submission> const many(200, mark(token));
      for (;;) world.centre().submit_and_wait(std::vector<Submission>(many));
    });
    auto const seen = file();
    bool inside = false;
    for (int tries = 0; tries < 10'000 && !inside; ++tries) {
      ::usleep(300);
      ::kill(child, SIGSTOP);
      int status = 0;
      ASSERT_EQ(::waitpid(child, &status, WUNTRACED), child);
      ASSERT_TRUE(WIFSTOPPED(status)) << "it has ended by itself";
      inside = seen->left_over().has_value();
      if (!inside) ::kill(child, SIGCONT);
    }
    ::kill(child, SIGKILL);
    tests::end_of(child);
    ASSERT_TRUE(inside) << "it was never seen deciding";
    ASSERT_TRUE(world.start());
  }

  ReasonCode reason_of(Submission const& submission) {
    Answer const answer = world.ask(submission);
    EXPECT_EQ(answer.kind, Answer::Kind::ruled);
    return answer.ruling.accepted() ? ReasonCode::none : answer.ruling.reasons[0].code;
  }

  TestCentre world;
};

TEST_F(CentreFaults, NothingIsMarkedBetweenCommands) {
  world.ask(mark("a"));
  world.stop();
  auto const file = InFlight::open(world.data() + "/in-flight");
  ASSERT_TRUE(file);
  EXPECT_FALSE((*file)->left_over());
}

TEST_F(CentreFaults, TheCulpritIsRecordedAndNotTriedAgain) {
  Index const before = tests::next_index(world.centre());
  crash_on(mark("bad"));
  auto const record = world.centre().reader().read(before);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->command.kind, model::CommandKind::fault);
  EXPECT_EQ(reason_of(mark("bad")), ReasonCode::fault);
  EXPECT_EQ(reason_of(mark("good")), ReasonCode::none) << "one fault suspends nothing";
  world.restart();
  EXPECT_EQ(reason_of(mark("bad")), ReasonCode::fault);
  EXPECT_EQ(reason_of(mark("good")), ReasonCode::none) << "one crash is one fault";
}

TEST_F(CentreFaults, TwoWithinAnHourSuspendThatKindOfThatOffice) {
  crash_on(mark("one"));
  crash_on(mark("two"));
  EXPECT_EQ(reason_of(mark("three")), ReasonCode::suspended_by_fault);
  EXPECT_EQ(reason_of(mark("three", "iq/defence")), ReasonCode::none);
  auto const other = world.prepare(world.duty("ru/staff"), model::CommandKind::revoke_client,
                                   commands::RevokeClient{"ru/staff/feed"});
  EXPECT_EQ(reason_of(other), ReasonCode::none);
}

TEST_F(CentreFaults, TwoFurtherApartDoNot) {
  crash_on(mark("one"));
  world.advance(limits::fault_window);
  crash_on(mark("two"));
  EXPECT_EQ(reason_of(mark("three")), ReasonCode::none);
}

// Time must pass, and what is served must be noted, whatever crashed.
TEST_F(CentreFaults, TheCentreDoesNotSuspendItself) {
  crash_on(note());
  crash_on(note());
  EXPECT_EQ(reason_of(note()), ReasonCode::fault);
  auto const other = world.prepare(
      Author{}, model::CommandKind::note_served,
      commands::NoteServed{{{PartyKey(0u), ItemKey(0u), AgreementKey(0u), "indicator--1", {}}}});
  EXPECT_EQ(reason_of(other), ReasonCode::none);
}

TEST_F(CentreFaults, ASegmentationFaultIsAFaultAtOnce) {
  segfault_on("bad");
  EXPECT_EQ(reason_of(mark("bad")), ReasonCode::fault);
  EXPECT_EQ(reason_of(mark("good")), ReasonCode::none);
  segfault_on("bad as well");
  EXPECT_EQ(reason_of(mark("good again")), ReasonCode::suspended_by_fault);
}

TEST_F(CentreFaults, WhoWasKilledOnceIsInnocent) {
  kill_on("one");
  EXPECT_EQ(reason_of(mark("one")), ReasonCode::none);
  world.restart();
  EXPECT_EQ(reason_of(mark("one")), ReasonCode::none) << "and a restart is no second death";
  kill_on("two");
  EXPECT_EQ(reason_of(mark("two")), ReasonCode::none);
  EXPECT_EQ(reason_of(mark("three")), ReasonCode::none) << "nothing is suspended";
}

TEST_F(CentreFaults, WhoIsKilledTwiceOnTheSameCommandIsNot) {
  kill_on("one");
  kill_on("one");
  EXPECT_EQ(reason_of(mark("one")), ReasonCode::fault);
  EXPECT_EQ(reason_of(mark("two")), ReasonCode::none);
}

// The fault of a boot that ended before it could say so in the file.
TEST_F(CentreFaults, AFaultIsRecordedOnce) {
  crash_on(mark("one"));
  Index const before = tests::next_index(world.centre());
  crash_on(mark("one"));
  auto const record = world.centre().reader().read(before);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->command.kind, model::CommandKind::pulse);
  EXPECT_EQ(reason_of(mark("two")), ReasonCode::none) << "one fault suspends nothing";
}

TEST_F(CentreFaults, AnOfficerLiftsASuspension) {
  crash_on(mark("one"));
  crash_on(mark("two"));
  ASSERT_EQ(reason_of(mark("three")), ReasonCode::suspended_by_fault);
  world.act("hosting/operations", "first", model::CommandKind::lift_fault_suspension,
            commands::LiftFaultSuspension{"ru/staff", model::CommandKind::revoke_token},
            {{"suspended_office", "ru/staff"}, {"suspended_kind", "revoke_token"}});
  EXPECT_EQ(reason_of(mark("three")), ReasonCode::none);
  EXPECT_EQ(reason_of(mark("one")), ReasonCode::fault);
}

TEST_F(CentreFaults, ReplayGivesTheSameFaults) {
  crash_on(mark("one"));
  crash_on(mark("two"));
  world.ask(mark("three"));
  auto const replayed = tests::replayed(world.centre(), Redecide::yes);
  EXPECT_FALSE(replayed.mismatch);
  EXPECT_EQ(replayed.state, tests::state_digest(world.centre()));
}

}  // namespace
}  // namespace comity::sequencer
