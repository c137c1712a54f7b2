#include "doors/console/pass.h"

#include "base/limits.h"
#include "doors/auth/tokens.h"
#include "sequencer/put_back_fixture.h"

namespace comity::console {
namespace {

class Passes : public sequencer::PutBackTest {
 protected:
  auth::Principal duty() {
    sequencer::Author const author = world.duty("ru/staff");
    auth::Principal who;
    who.actor = author.actor, who.office = author.office;
    return who;
  }
  bool lets_in(Pass const& pass) {
    return world.centre().read([&](sequencer::Glimpse const& glimpse) {
      return auth::viewer_now(glimpse.state, principal_of(pass), world.clock.now()).has_value();
    });
  }
  std::optional<Pass> opened(std::string const& sealed, Purpose purpose = Purpose::session) {
    return open(world.centre(), purpose, sealed);
  }
};

TEST_F(Passes, AreForOnePurposeAndATime) {
  Pass const pass = pass_of(world.centre(), duty(), limits::session_life);
  EXPECT_TRUE(lets_in(pass));
  std::string const session = seal(world.centre(), Purpose::session, pass);
  std::string const link = seal(world.centre(), Purpose::link, pass);
  EXPECT_NE(session, link);
  ASSERT_TRUE(opened(session));
  EXPECT_EQ(opened(session)->id, pass.id);
  EXPECT_FALSE(opened(link)) << "a link is no session";
  EXPECT_FALSE(opened(session, Purpose::link));
  EXPECT_TRUE(opened(link, Purpose::link));
  EXPECT_FALSE(auth::read_token(world.centre(), session, "")) << "nor a bearer token";
  EXPECT_FALSE(opened(session.substr(1)));
  EXPECT_FALSE(opened(""));
  world.clock.advance(limits::session_life);
  EXPECT_FALSE(opened(session));
}

// People sign in also while the clock is not believed.
TEST_F(Passes, OneMadeByAClockThatWasAheadEndsWithThatClock) {
  world.clock.advance(days(3'650));
  std::string const ahead =
      seal(world.centre(), Purpose::session, pass_of(world.centre(), duty(), limits::session_life));
  EXPECT_TRUE(opened(ahead));
  world.clock.advance(Duration{-days(3'650).us});
  EXPECT_FALSE(opened(ahead));
}

TEST_F(Passes, AnotherOfficeIsAnotherPassAndNoYoungerOne) {
  Pass const first = pass_of(world.centre(), duty(), limits::session_life);
  Pass const next = pass_again(world.centre(), principal_of(first), first.office);
  EXPECT_NE(first.id, next.id);
  EXPECT_EQ(first.until, next.until);
  EXPECT_EQ(first.issued_after, next.issued_after);
  EXPECT_EQ(first.at_latest, next.at_latest);
}

TEST_F(Passes, ARenewedOneIsTheSameUntilLaterAndAtMostADay) {
  UtcTime const begun = world.clock.now();
  Pass const first = pass_of(world.centre(), duty(), limits::session_life);
  EXPECT_FALSE(renewed(first, first.until - limits::session_renewal - seconds(1))) << "enough is left";
  UtcTime const then = first.until - limits::session_renewal;
  auto const next = renewed(first, then);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->until, then + limits::session_renewed);
  EXPECT_EQ(next->id, first.id) << "what revokes one revokes the other";
  EXPECT_EQ(next->issued_after, first.issued_after);
  EXPECT_EQ(next->at_latest, first.at_latest);
  Pass last = *next;
  while (auto const more = renewed(last, last.until - seconds(1))) last = *more;
  EXPECT_EQ(last.until, begun + limits::session_life_on_watch);
  world.clock.advance(limits::session_life);
  auto const held = opened(seal(world.centre(), Purpose::session, *next));
  ASSERT_TRUE(held);
  EXPECT_EQ(held->at_latest, first.at_latest);
}

TEST_F(Passes, ThoseOfBeforeARestoreHoldNoMore) {
  std::string const before =
      seal(world.centre(), Purpose::session, pass_of(world.centre(), duty(), limits::session_life));
  keep();
  restore_all();
  start();
  Index const size = found()->size;
  ASSERT_TRUE(record({size, size, 1}).ruling.accepted());
  EXPECT_FALSE(opened(before));
}

}  // namespace
}  // namespace comity::console
