// The doorbell against a real receiver: the project's own server over TLS on loopback, with a certificate that an authority of
// the test's signed. Certificates are made by the openssl command; a machine without it skips these with a message.
#include "doors/bell/bell.h"

#include <cstdlib>
#include <filesystem>
#include <thread>

#include "centre_fixture.h"
#include "crypto/base64.h"
#include "crypto/sha256.h"
#include "doors/http/server_fixture.h"
#include "doors/http/tls.h"

namespace comity::bell {
namespace {

namespace fs = std::filesystem;
using commands::AllowDestination;
using commands::AttachFeed;
using commands::DetachFeed;
using commands::RegisterDestination;
using model::CommandKind;

struct Heard {
  std::string path, body, id, timestamp, signature;
};

class Doorbell : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("openssl version > /dev/null 2>&1") != 0) GTEST_SKIP() << "no openssl command";
    certificate("trusted");
    world_.party("ru", {"general-staff"});
    world_.party("iq", {"defence"});
    world_.in_force("ru.exchange", {"ru/general-staff", "iq/defence"}, {tests::grant_clause("share")});
  }
  void TearDown() override {
    bell_.reset();
    server_.reset();
    fs::remove_all(folder_);
  }

  void certificate(std::string const& name) const {
    std::string const command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
        "/CN=localhost "
        "-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout " +
        path(name + ".key") + " -out " + path(name + ".pem") + " > /dev/null 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }
  std::string path(std::string const& name) const { return folder_ + "/" + name; }

  void listen(std::string const& name = "trusted") {
    http::ServerOptions options = http::quick_options();
    options.tls = http::TlsServer::open({path(name + ".pem"), path(name + ".key"), ""}).value();
    server_ = std::make_unique<http::Server>(
        options,
        [this](http::Request&& request, http::Done done) {
          auto const field = [&](char const* wanted) {
            return std::string(request.headers.find(wanted).value_or(""));
          };
          int const status = status_.load();
          {
            std::lock_guard const lock(mutex_);
            heard_.push_back({request.path, request.body, field("webhook-id"), field("webhook-timestamp"),
                              field("webhook-signature")});
          }
          http::Reply reply = http::text_reply("thanks");
          reply.status = status;
          if (status == 302) reply.headers.add("Location", "/elsewhere");
          done(std::move(reply));
        },
        [] { return uint64_t{0}; });
    ASSERT_TRUE(server_->start());
  }

  std::string url() const { return "https://localhost:" + std::to_string(server_->port()) + "/bell?of=ru"; }

  template <class Body>
  void must(std::string const& office, CommandKind kind, Body const& body) {
    world_.send(world_.prepare(world_.duty(office), kind, body));
  }
  // By the party's admin, and an officer.
  void set_up(std::string const& url, std::vector<std::string> addresses = {"127.0.0.1", "::1"}) {
    must("iq/defence", CommandKind::register_destination, RegisterDestination{"siem", url});
    must("iq/defence", CommandKind::attach_feed, AttachFeed{"siem", "ru.exchange"});
    world_.act("hosting/operations", "first", CommandKind::allow_destination,
               AllowDestination{"iq/siem", url, true, std::move(addresses)}, {{"destination", "iq/siem"}});
  }
  void ring() { bell_ = std::make_unique<Bell>(world_.centre(), path("trusted.pem")); }
  void contribute(int number) {
    world_.contribute("ru/general-staff", "ru.exchange", tests::indicator_object(number));
  }

  std::vector<Heard> heard() {
    std::lock_guard const lock(mutex_);
    return heard_;
  }
  // Once so many calls have come, or after a while.
  std::vector<Heard> wait_for(size_t calls) {
    for (int i = 0; i < 500 && heard().size() < calls; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return heard();
  }
  std::string outcome() {
    for (int i = 0; i < 500; ++i) {
      auto const calls = bell_->last_calls();
      if (!calls.empty()) return calls.begin()->second.outcome;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return "none";
  }

  std::string const folder_ = [] {
    std::string pattern = testing::TempDir() + "comity-bell-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    return pattern;
  }();
  tests::TestCentre world_;
  std::atomic<int> status_{200};
  std::mutex mutex_;
  std::vector<Heard> heard_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<Bell> bell_;
};

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

TEST_F(Doorbell, FollowsNoRedirect) {
  listen();
  set_up(url());
  status_ = 302;
  ring();
  contribute(1);
  auto const calls = wait_for(1);
  ASSERT_EQ(calls.size(), 1u);
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_EQ(heard().size(), 1u);
  EXPECT_EQ(bell_->last_calls().begin()->second.status, 302);
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
