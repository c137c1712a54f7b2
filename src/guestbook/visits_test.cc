#include "guestbook/visits.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "journal/test_folder.h"

namespace comity::guestbook {
namespace {

UtcTime at(char const* text) { return parse_time(text).value(); }

class OfThePage : public testing::Test {
 protected:
  OfThePage() { open(); }
  void open() {
    visits_.reset();
    visits_ = Visits::open(folder_.file("visits.db"), {clock_, entropy_, system_seam().files}).value();
  }
  Counts guest(std::string const& address) { return visits_->visit({address, "Firefox", Kind::guest}); }

  journal::TestFolder folder_;
  ScriptedClock clock_{at("2026-12-31T23:00:00.000000Z")};
  SeededEntropy entropy_{1};
  std::unique_ptr<Visits> visits_;
};

TEST_F(OfThePage, AVisitorIsThereForFiveMinutes) {
  EXPECT_EQ(guest("192.0.2.1").guests, 1U);
  EXPECT_EQ(guest("192.0.2.2").guests, 1U) << "told anew when these five minutes are over";
  clock_.advance(minutes(4));
  EXPECT_EQ(guest("192.0.2.2").guests, 1U);
  clock_.advance(minutes(1));
  Counts const now = guest("192.0.2.3");
  EXPECT_EQ(now.guests, 2U) << "the first has gone";
  EXPECT_EQ(now.ever.count, 2U);
}

// Who asks each second does not learn in which an officer looked (25-isolation F6).
TEST_F(OfThePage, NobodyLearnsTheMomentAtWhichSomebodyCame) {
  guest("192.0.2.1");
  clock_.advance(seconds(100));
  Counts const before = guest("192.0.2.1");
  visits_->visit({"192.0.2.9", "Firefox (a member)", Kind::member});
  Counts const after = guest("192.0.2.1");
  EXPECT_EQ(after.members, before.members);
  EXPECT_EQ(after.ever.count, before.ever.count);
  clock_.advance(minutes(4));
  Counts const next = guest("192.0.2.1");
  EXPECT_EQ(next.members, 1U);
  EXPECT_EQ(next.ever.at, at("2026-12-31T23:00:00.000000Z")) << "when those five minutes began";
}

TEST_F(OfThePage, OneNetworkIsNoCrowd) {
  for (int n = 0; n < 50; ++n)
    visits_->visit({"192.0.2.1", "Firefox " + std::to_string(n), Kind::guest, "192.0.2.1"});
  visits_->visit({"192.0.2.2", "Firefox", Kind::guest, "192.0.2.2"});
  clock_.advance(minutes(4));
  guest("192.0.2.3");
  clock_.advance(minutes(1));
  EXPECT_EQ(guest("192.0.2.3").ever.count, limits::visitors_of_network + 2);
}

TEST_F(OfThePage, GuestsBotsAndMembersAreCountedApart) {
  clock_.advance(minutes(4));
  guest("192.0.2.1");
  visits_->visit({"192.0.2.1", "Googlebot/2.1", Kind::bot});
  visits_->visit({"192.0.2.1", "Firefox (a member)", Kind::member});
  clock_.advance(minutes(1));
  Counts const now = guest("192.0.2.1");
  EXPECT_EQ(now.guests, 1U);
  EXPECT_EQ(now.bots, 1U);
  EXPECT_EQ(now.members, 1U);
  EXPECT_EQ(now.today.count, 3U) << "of all kinds together";
}

TEST_F(OfThePage, BotsAreToldByWhatTheySay) {
  EXPECT_EQ(kind_of("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"), Kind::guest);
  for (auto const* agent : {"", "Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8.0", "Python-urllib/3.11"})
    EXPECT_EQ(kind_of(agent), Kind::bot) << agent;
}

TEST_F(OfThePage, EachPeriodHasAMostOfItsOwn) {
  clock_.set(at("2026-12-30T23:58:00.000000Z"));
  for (auto const* address : {"a", "b", "c"}) guest(address);
  clock_.set(at("2026-12-31T00:00:00.000000Z"));  // another day
  Counts now = guest("a");
  EXPECT_EQ(now.guests, 1U) << "those of the day before are forgotten";
  EXPECT_EQ(now.today.count, 1U);
  EXPECT_EQ(now.today.at, at("2026-12-31T00:00:00.000000Z"));
  EXPECT_EQ(now.month.count, 3U);
  EXPECT_EQ(now.month.at, at("2026-12-30T23:55:00.000000Z"));
  clock_.set(at("2027-01-01T00:00:00.000000Z"));  // another month and year
  guest("a"), guest("b");
  clock_.advance(minutes(5));
  now = guest("a");
  EXPECT_EQ(now.month.count, 2U);
  EXPECT_EQ(now.year.count, 2U);
  EXPECT_EQ(now.ever.count, 3U);
  EXPECT_EQ(now.ever.at, at("2026-12-30T23:55:00.000000Z"));
  clock_.set(at("2027-02-01T00:00:00.000000Z"));  // another month
  now = guest("a");
  EXPECT_EQ(now.month.count, 1U);
  EXPECT_EQ(now.year.count, 2U);
}

TEST_F(OfThePage, TheMostOutlivesARestartAndWhoIsThereDoesNot) {
  guest("a"), guest("b");
  open();
  Counts const now = guest("a");
  EXPECT_EQ(now.guests, 1U);
  EXPECT_EQ(now.today.count, 2U);
  EXPECT_EQ(now.ever.count, 2U);
  EXPECT_EQ(now.ever.at, at("2026-12-31T23:00:00.000000Z"));
}

TEST_F(OfThePage, NothingOfAVisitorIsOnTheDisk) {
  guest("192.0.2.77");
  auto const octets = system_seam().files.read(folder_.file("visits.db")).value();
  EXPECT_EQ(octets.find("192.0.2.77"), Bytes::npos);
  EXPECT_EQ(octets.find("Firefox"), Bytes::npos);
}

}  // namespace
}  // namespace comity::guestbook
