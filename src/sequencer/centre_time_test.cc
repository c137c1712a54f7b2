// Time (25-isolation G14): it never steps back, a leap is not believed, and nothing is served past a deadline.
#include <gtest/gtest.h>

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
  void reopen(Leaps leaps) {
    world.options.leaps = leaps;
    world.restart();
  }

  TestCentre world;
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

// A delay that has elapsed is a deadline: until the pulse is applied, nothing may be served.
TEST_F(CentreTime, NothingIsServedPastADeadline) {
  world.party("iq", {"defence"});
  std::string delayed = tests::grant_clause("later");
  delayed.replace(delayed.find("PT0S"), 4, "PT1H");
  world.in_force("ru.pact", {"ru/staff", "iq/defence"}, {delayed});
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
