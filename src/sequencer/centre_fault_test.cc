// After a crash (25-isolation E11): the command the machine was at work on is refused by name, and an office that does it
// twice within an hour may not send commands of that kind any more.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "centre_fixture.h"
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
                         commands::RevokeToken{token, author.actor});
  }
  Submission note() {
    return world.prepare(Author{}, model::CommandKind::note_served, commands::NoteServed{});
  }

  // As if the process had ended while it decided this.
  void crash_on(Submission const& submission) {
    world.stop();
    {
      auto const mark = InFlight::open(world.data() + "/in-flight");
      ASSERT_TRUE(mark);
      (*mark)->set(submission.command);
    }
    auto const started = world.start();
    ASSERT_TRUE(started) << started.error().detail;
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
