// Time (25-isolation G14): it never steps back, a leap is not believed, and nothing is served past a deadline.
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/limits.h"
#include "centre_fixture.h"
#include "machine_state.h"

namespace comity::sequencer {
namespace {

using tests::TestCentre;

class CentreTime : public testing::Test {
 protected:
  CentreTime() { world.party("ru", {"staff"}); }

  Answer mark(std::string const& token) {
    Author const author = world.feed("ru/staff");
    return world.ask(world.prepare(author, model::CommandKind::revoke_token,
                                   commands::RevokeToken{token, "ru/staff/feed"}));
  }
  void leap(Duration by) { world.advance(by); }
  Answer propose(UtcTime to) {
    commands::ProposeHostAct const body{model::CommandKind::advance_time,
                                        codec::encode(commands::AdvanceTime{to})};
    return world.ask_signed("hosting/operations", "first", model::CommandKind::propose_host_act, body,
                            &proposal_);
  }
  Answer countersign(std::string const& officer) {
    return world.ask_signed("hosting/operations", officer, model::CommandKind::countersign_host_act,
                            commands::CountersignHostAct{proposal_});
  }
  std::optional<commands::Pulse> pulse_after(Index index) {
    auto const record = world.centre().reader().read(index + 1);
    if (!record || record->command.kind != model::CommandKind::pulse) return std::nullopt;
    auto const pulse = codec::decode<commands::Pulse>(record->command.body);
    return pulse ? std::optional(*pulse) : std::nullopt;
  }
  void reopen(Leaps leaps) {
    world.options.leaps = leaps;
    world.restart();
  }

  TestCentre world;
  Digest proposal_;
};

TEST_F(CentreTime, AClockThatStepsBackMovesNoRecordBack) {
  Answer const before = mark("a");
  world.advance(hours(-1));
  Answer const after = mark("b");
  EXPECT_EQ(after.time, before.time) << "equal times are allowed, the index orders";
  EXPECT_GT(after.index, before.index);
  world.restart();
  EXPECT_EQ(mark("c").time, before.time);
  world.advance(hours(2));
  EXPECT_EQ(mark("d").time, before.time + hours(1));
}

TEST_F(CentreTime, AClockThatLeapsAheadIsNotBelieved) {
  reopen(Leaps::refused);
  UtcTime const before = mark("a").time;
  world.advance(limits::log_leap);
  world.advance(seconds(1));
  EXPECT_EQ(mark("b").kind, Answer::Kind::busy);
  EXPECT_STREQ(world.centre().health(), "failing");
  world.advance(microseconds(-limits::log_leap.us));
  Answer const after = mark("b");
  EXPECT_EQ(after.kind, Answer::Kind::ruled);
  EXPECT_EQ(after.time, before + seconds(1));
  EXPECT_STREQ(world.centre().health(), "ok");
}

// --- two officers say that it is right ---

TEST_F(CentreTime, TwoOfficersLetTheLogGoOn) {
  reopen(Leaps::refused);
  UtcTime const before = mark("a").time;
  leap(days(30));
  EXPECT_EQ(world.centre().stands_still_at(), before);
  Answer const proposed = propose(world.clock.now());
  ASSERT_EQ(proposed.kind, Answer::Kind::ruled);
  EXPECT_TRUE(proposed.ruling.accepted());
  EXPECT_EQ(proposed.time, before) << "at the last time that was believed";
  EXPECT_EQ(mark("b").kind, Answer::Kind::busy) << "one officer is not enough";
  EXPECT_EQ(countersign("first").ruling.reasons.at(0).code, model::ReasonCode::same_person);
  Answer const agreed = countersign("second");
  ASSERT_EQ(agreed.kind, Answer::Kind::ruled);
  EXPECT_TRUE(agreed.ruling.accepted());
  EXPECT_EQ(agreed.time, before);
  Answer const after = mark("b");
  ASSERT_EQ(after.kind, Answer::Kind::ruled);
  EXPECT_EQ(after.time, before + days(30));
  EXPECT_STREQ(world.centre().health(), "ok");
  EXPECT_FALSE(world.centre().stands_still_at());
  auto const pulse = pulse_after(agreed.index);
  ASSERT_TRUE(pulse);
  EXPECT_EQ(pulse->outage, days(30)) << "nothing was taken meanwhile (G14)";
  auto const replayed = tests::replayed(world.centre(), Redecide::yes);
  EXPECT_FALSE(replayed.mismatch);
  EXPECT_EQ(replayed.state, tests::state_digest(world.centre()));
}

// The log does not wait for the next command.
TEST_F(CentreTime, TheLogGoesOnAtOnce) {
  reopen(Leaps::refused);
  mark("a");
  leap(days(1));
  propose(world.clock.now());
  Answer const agreed = countersign("second");
  for (int i = 0; i < 5'000 && tests::next_index(world.centre()) <= agreed.index + 1; ++i) ::usleep(1'000);
  EXPECT_TRUE(pulse_after(agreed.index));
}

TEST_F(CentreTime, NothingElseIsTakenMeanwhile) {
  reopen(Leaps::refused);
  mark("a");
  Index const before = tests::next_index(world.centre());
  leap(days(1));
  commands::SetLimits const other{{{model::Quota::drafts, 5}}};
  EXPECT_EQ(world
                .ask_signed("hosting/operations", "first", model::CommandKind::propose_host_act,
                            commands::ProposeHostAct{model::CommandKind::set_limits, codec::encode(other)})
                .kind,
            Answer::Kind::busy);
  EXPECT_EQ(countersign("second").kind, Answer::Kind::busy) << "nothing is proposed";
  EXPECT_EQ(mark("b").kind, Answer::Kind::busy);
  EXPECT_EQ(tests::next_index(world.centre()), before);
}

// Who may not do it is refused and recorded, as ever.
TEST_F(CentreTime, OnlyOfficersAdvanceTime) {
  reopen(Leaps::refused);
  mark("a");
  leap(days(1));
  commands::AdvanceTime const body{world.clock.now()};
  Answer const answer =
      world.ask_signed("ru/staff", "ru", model::CommandKind::propose_host_act,
                       commands::ProposeHostAct{model::CommandKind::advance_time, codec::encode(body)});
  ASSERT_EQ(answer.kind, Answer::Kind::ruled);
  EXPECT_EQ(answer.ruling.reasons.at(0).code, model::ReasonCode::not_permitted);
  EXPECT_EQ(mark("b").kind, Answer::Kind::busy);
}

TEST_F(CentreTime, AClockBeyondWhatWasSaidIsNotBelieved) {
  reopen(Leaps::refused);
  UtcTime const before = mark("a").time;
  leap(days(1));
  propose(world.clock.now());
  leap(microseconds(1));
  countersign("second");
  EXPECT_EQ(mark("b").kind, Answer::Kind::busy);
  leap(microseconds(-1));
  EXPECT_EQ(mark("b").time, before + days(1));
}

// An act that was not needed allows no leap later.
TEST_F(CentreTime, WhatWasSaidIsForgottenWhenTimeMoves) {
  reopen(Leaps::refused);
  mark("a");
  propose(world.clock.now() + days(365));
  ASSERT_TRUE(countersign("second").ruling.accepted());
  world.advance(seconds(1));
  ASSERT_EQ(mark("b").kind, Answer::Kind::ruled);
  leap(days(1));
  EXPECT_EQ(mark("c").kind, Answer::Kind::busy);
}

TEST_F(CentreTime, WhatWasSaidOutlivesARestartAndBootNeedsNothing) {
  reopen(Leaps::refused);
  UtcTime const before = mark("a").time;
  leap(days(1));
  propose(world.clock.now());
  world.restart();
  EXPECT_EQ(mark("b").time, before + days(1)) << "a restart records the outage, as before";
}

// A deadline that only a wrong clock has passed: when the clock is right it counts at once, in its own place.
TEST_F(CentreTime, DeadlinesPassedInALeapAreKept) {
  world.party("iq", {"defence"});
  std::string delayed = tests::grant_clause("later");
  delayed.replace(delayed.find("PT0S"), 4, "PT1H");
  world.in_force("ru.pact", {"ru/staff", "iq/defence"}, {delayed, tests::ending_clause()});
  world.contribute("iq/defence", "ru.pact", tests::indicator_object(1));
  reopen(Leaps::refused);
  mark("a");
  leap(days(1));
  EXPECT_TRUE(world.centre().is_overdue()) << "nothing is served (G14)";
  propose(world.clock.now());
  ASSERT_TRUE(countersign("second").ruling.accepted());
  mark("b");
  EXPECT_FALSE(world.centre().is_overdue());
  OfficeKey const office = world.office("ru/staff");
  EXPECT_FALSE(world.centre().read([&](Glimpse const& glimpse) {
    return glimpse.state.holdings.feed({AgreementKey{}, office}).entries.empty();
  }));
}

TEST_F(CentreTime, AFewMinutesAreNoLeap) {
  reopen(Leaps::refused);
  world.advance(limits::log_leap);
  EXPECT_EQ(mark("a").kind, Answer::Kind::ruled);
}

TEST_F(CentreTime, BootRecordsTheOutage) {
  reopen(Leaps::refused);
  mark("a");
  world.stop();
  world.advance(days(3));
  ASSERT_TRUE(world.start());
  auto const record = world.centre().reader().read(tests::next_index(world.centre()) - 1);
  ASSERT_TRUE(record);
  auto const pulse = codec::decode<commands::Pulse>(record->command.body);
  ASSERT_TRUE(pulse);
  EXPECT_EQ(pulse->outage, days(3));
  EXPECT_EQ(mark("b").kind, Answer::Kind::ruled);
}

// The end of a clause is a deadline: until the pulse is applied, nothing may be served. The end of a delay is none: what comes
// late was never too much.
TEST_F(CentreTime, NothingIsServedPastADeadline) {
  world.party("iq", {"defence"});
  std::string delayed = tests::grant_clause("later");
  delayed.replace(delayed.find("PT0S"), 4, "PT1H");
  world.in_force("ru.pact", {"ru/staff", "iq/defence"}, {delayed, tests::ending_clause()});
  world.contribute("iq/defence", "ru.pact", tests::indicator_object(1));
  auto const has_it = [&] {
    OfficeKey const office = world.office("ru/staff");
    return world.centre().read([&](Glimpse const& glimpse) {
      return !glimpse.state.holdings.feed({AgreementKey{}, office}).entries.empty();
    });
  };
  world.advance(hours(1));
  world.advance(limits::overdue_pulse);
  EXPECT_FALSE(world.centre().is_overdue());
  world.advance(microseconds(1));
  EXPECT_TRUE(world.centre().is_overdue());
  EXPECT_STREQ(world.centre().health(), "failing");
  EXPECT_FALSE(has_it());
  mark("anything: the deadline comes first");
  EXPECT_FALSE(world.centre().is_overdue());
  EXPECT_STREQ(world.centre().health(), "ok");
  EXPECT_TRUE(has_it());
}

}  // namespace
}  // namespace comity::sequencer
