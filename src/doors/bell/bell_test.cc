// What the doorbell does, against the receiver of bell_fixture.h.
#include "doors/bell/bell_fixture.h"

#include "crypto/base64.h"
#include "crypto/sha256.h"

namespace comity::bell {
namespace {

TEST_F(Doorbell, RingsWithFeedAndCursorAndNoContent) {
  listen();
  set_up(url());
  ring();
  contribute(1);
  auto const first = wait_for(1);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].path, "/bell");
  EXPECT_TRUE(first[0].body.starts_with(R"({"feeds":[{"feed":"/taxii2/ru.exchange/collections/)"))
      << first[0].body;
  EXPECT_TRUE(first[0].body.ends_with(R"(/objects/"}]})")) << first[0].body;
  contribute(2);
  auto const second = wait_for(2);
  ASSERT_EQ(second.size(), 2u);
  EXPECT_NE(second[1].body.find(R"(,"next":")"), std::string::npos) << second[1].body;
  for (Heard const& one : second) {
    EXPECT_EQ(one.body.find("indicator"), std::string::npos);
    EXPECT_EQ(one.body.find("Name"), std::string::npos);
  }
  EXPECT_NE(second[0].id, second[1].id);
  EXPECT_EQ(outcome(), "answered");
}

TEST_F(Doorbell, IsSignedAsStandardWebhooksSay) {
  listen();
  set_up(url());
  ring();
  contribute(1);
  auto const calls = wait_for(1);
  ASSERT_EQ(calls.size(), 1u);
  Digest const key = world_.centre().read([&](sequencer::Glimpse const& glimpse) {
    sequencer::Keys const& keys = world_.centre().keys();
    return release::bell_key({keys.prf, keys.cursor, keys.comparison}, glimpse.state.law,
                             glimpse.state.law.destinations[0]);
  });
  std::string const said = calls[0].id + "." + calls[0].timestamp + "." + calls[0].body;
  EXPECT_EQ(calls[0].signature, "v1," + crypto::to_base64(crypto::hmac_sha256(key.view(), said).view()));
  EXPECT_EQ(calls[0].timestamp, "1767225600");
}

TEST_F(Doorbell, TriesAgainTheSameAndTellsOfAllThatCameMeanwhile) {
  listen();
  set_up(url());
  status_ = 500;
  ring();
  contribute(1);
  wait_for(1);
  contribute(2);
  status_ = 200;
  auto const calls = wait_for(2);  // after bell_first_wait
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].body, calls[1].body) << "nobody has heard of the first yet";
  EXPECT_NE(calls[0].id, calls[1].id) << "it is about more: who drops what it heard before must hear this";
  std::this_thread::sleep_for(std::chrono::seconds(2));
  EXPECT_EQ(heard().size(), 2u) << "all there was has been told";
}

TEST_F(Doorbell, TheSameNewsHasTheSameId) {
  listen();
  set_up(url());
  status_ = 503;
  ring();
  contribute(1);
  auto const calls = wait_for(2);
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].id, calls[1].id);
}

// A URL that was wrong keeps nobody waiting for the right one.
TEST_F(Doorbell, AnotherUrlIsCalledAtOnceAndFromTheStart) {
  listen();
  set_up("https://localhost:1/bell");
  ring();
  contribute(1);
  EXPECT_EQ(outcome(), "no_answer");
  must("iq/defence", CommandKind::register_destination, RegisterDestination{"siem", url()});
  world_.act("hosting/operations", "first", CommandKind::allow_destination,
             AllowDestination{"iq/siem", url(), true, {"127.0.0.1", "::1"}}, {{"destination", "iq/siem"}});
  auto const calls = wait_for(1);
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].body.find("\"next\""), std::string::npos);
}

TEST_F(Doorbell, CallsNobodyWhoIsNotAllowed) {
  listen();
  must("iq/defence", CommandKind::register_destination, RegisterDestination{"siem", url()});
  must("iq/defence", CommandKind::attach_feed, AttachFeed{"siem", "all"});
  ring();
  contribute(1);
  std::this_thread::sleep_for(std::chrono::seconds(1));
  EXPECT_TRUE(heard().empty());
  EXPECT_TRUE(bell_->last_calls().empty());
}

// What a name leads to is judged when the connection is made: loopback is not called because a party said so.
TEST_F(Doorbell, DoesNotFollowANameToAnAddressThatIsNotPublic) {
  listen();
  set_up(url(), {});
  ring();
  contribute(1);
  EXPECT_EQ(outcome(), "not_allowed");
  EXPECT_TRUE(heard().empty());
}

TEST_F(Doorbell, AnAddressInAUrlIsJudgedToo) {
  listen();
  set_up("https://127.0.0.1:" + std::to_string(server_->port()) + "/bell", {"10.0.0.1"});
  ring();
  contribute(1);
  EXPECT_EQ(outcome(), "not_allowed");
  EXPECT_TRUE(heard().empty());
}

TEST_F(Doorbell, KnowsNoProxy) {
  listen();
  set_up(url());
  ::setenv("https_proxy", "http://127.0.0.1:1/", 1);
  ::setenv("ALL_PROXY", "http://127.0.0.1:1/", 1);
  ring();
  contribute(1);
  EXPECT_EQ(wait_for(1).size(), 1u);
  ::unsetenv("https_proxy");
  ::unsetenv("ALL_PROXY");
}

TEST_F(Doorbell, TrustsNoCertificateOfAnotherAuthority) {
  certificate("stranger");
  listen("stranger");
  set_up(url());
  ring();
  contribute(1);
  EXPECT_EQ(outcome(), "not_trusted");
  EXPECT_TRUE(heard().empty());
}

TEST_F(Doorbell, ADestinationThatIsNotThereDelaysNobody) {
  listen();
  set_up(url());
  must("iq/defence", CommandKind::register_destination,
       RegisterDestination{"gone", "https://localhost:1/bell"});
  must("iq/defence", CommandKind::attach_feed, AttachFeed{"gone", "all"});
  world_.act("hosting/operations", "first", CommandKind::allow_destination,
             AllowDestination{"iq/gone", "https://localhost:1/bell", true, {"127.0.0.1", "::1"}},
             {{"destination", "iq/gone"}});
  ring();
  contribute(1);
  ASSERT_EQ(wait_for(1).size(), 1u);
  contribute(2);
  EXPECT_EQ(wait_for(2).size(), 2u);
  EXPECT_EQ(bell_->last_calls().at({1, world_.office("iq/defence")}).outcome, "no_answer");
}

TEST_F(Doorbell, DutiesRingToo) {
  listen();
  must("iq/defence", CommandKind::register_destination, RegisterDestination{"siem", url()});
  must("iq/defence", CommandKind::attach_feed, AttachFeed{"siem", "duties"});
  world_.act("hosting/operations", "first", CommandKind::allow_destination,
             AllowDestination{"iq/siem", url(), true, {"127.0.0.1", "::1"}}, {{"destination", "iq/siem"}});
  contribute(1);
  ring();
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_TRUE(heard().empty());
  must("ru/general-staff", CommandKind::delete_item,
       commands::DeleteItem{tests::numbered_id("indicator", 1), "", ""});
  auto const calls = wait_for(1);
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_TRUE(calls[0].body.starts_with(R"({"feeds":[{"feed":"/taxii2/all/collections/)")) << calls[0].body;
}

// G9: a notice that waits is a duty and rings as one; what it is about is nobody's on the way.
TEST_F(Doorbell, ANoticeRingsAsADuty) {
  listen();
  world_.in_force(
      "ru.flights", {"ru/general-staff", "iq/defence"},
      {R"({"id":"airspace","type":"deconflict","text":"","between":[["iq/defence"],["ru/general-staff"]],)"
       R"("window":null,"states":["Accepted"],"separation":{"horizontal_m":0,"vertical_m":0,"time_s":0},)"
       R"("lead_time":"PT0S","level":"details","contact":"line","grid":null,"evaluations_per_day":null})",
       R"({"id":"line","type":"contact","text":"","ends":[["iq/defence"],["ru/general-staff"]],"languages":["en"],)"
       R"("test_every":"PT12H","overdue_after":"PT30M"})"});
  must("iq/defence", CommandKind::register_destination, RegisterDestination{"siem", url()});
  must("iq/defence", CommandKind::attach_feed, AttachFeed{"siem", "duties"});
  world_.act("hosting/operations", "first", CommandKind::allow_destination,
             AllowDestination{"iq/siem", url(), true, {"127.0.0.1", "::1"}}, {{"destination", "iq/siem"}});
  ring();
  auto const file = [&](std::string const& office, uint8_t number) {
    commands::PutIntent intent;
    intent.id.octets.fill(number), intent.native = true;
    intent.next = {model::Ovn::Kind::minted, intent.id.octets};
    UtcTime const from = world_.centre().seam().clock.now() + hours(1);
    intent.hull = {{1}, from, from + hours(1), 0, 1'000};
    intent.extents = {{{{0, 0}, {10'000, 0}, {10'000, 10'000}}, 0, 1'000, from, from + hours(1)}};
    must(office, CommandKind::put_intent, intent);
  };
  file("iq/defence", 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_TRUE(heard().empty());
  file("ru/general-staff", 2);
  auto const calls = wait_for(1);
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_TRUE(calls[0].body.starts_with(R"({"feeds":[{"feed":"/taxii2/all/collections/)")) << calls[0].body;
  EXPECT_EQ(calls[0].body.find("flights"), std::string::npos) << calls[0].body;
}

// C3: what was to be rung before a suspension is not rung after it.
TEST_F(Doorbell, WhatWaitsIsNotRungAfterASuspension) {
  listen();
  set_up(url());
  status_ = 500;
  ring();
  contribute(1);
  ASSERT_EQ(wait_for(1).size(), 1u);
  status_ = 200;
  world_.act_on("iq/defence", CommandKind::suspend, "ru.exchange");
  std::this_thread::sleep_for(std::chrono::seconds(7));  // beyond bell_first_wait
  EXPECT_EQ(heard().size(), 1u);
}

TEST_F(Doorbell, WhatIsDetachedOrEndedRingsNoMore) {
  listen();
  set_up(url());
  ring();
  contribute(1);
  wait_for(1);
  DetachFeed detach;
  detach.destination = "siem", detach.feed = "ru.exchange";
  must("iq/defence", CommandKind::detach_feed, detach);
  contribute(2);
  std::this_thread::sleep_for(std::chrono::seconds(2));
  EXPECT_EQ(heard().size(), 1u);
}

}  // namespace
}  // namespace comity::bell
