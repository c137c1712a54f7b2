// The doorbell against a real receiver: the project's own server over TLS on loopback, with a certificate that an authority of
// the test's signed. Certificates are made by the openssl command; a machine without it skips these with a message.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "centre_fixture.h"
#include "doors/bell/bell.h"
#include "doors/http/server_fixture.h"
#include "doors/http/tls.h"

namespace comity::bell {

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
            if (slow_) return unanswered_.push_back(std::move(done));
          }
          http::Reply reply = http::text_reply(std::string(octets_, 'x'));
          reply.status = status;
          if (status / 100 == 3) reply.headers.add("Location", "/elsewhere");
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
  std::atomic<size_t> octets_{6};  // of an answer
  std::atomic<bool> slow_{false};  // answers never
  std::vector<http::Done> unanswered_;
  std::mutex mutex_;
  std::vector<Heard> heard_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<Bell> bell_;
};

}  // namespace comity::bell
