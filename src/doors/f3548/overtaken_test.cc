// An end that overtakes what it ends: its door has looked for what it would tell of before that was there (f3548-rules D1, C3, S7).
#include <chrono>
#include <future>

#include "centre_fixture.h"
#include "crypto/base64.h"
#include "doors/f3548/door.h"
#include "doors/http/client.h"
#include "doors/http/server.h"
#include "json/json.h"
#include "slow_disk.h"

namespace comity::f3548 {
namespace {

using http::Method;
using tests::Gate;
using namespace std::chrono_literals;

constexpr char root[] = "/dss/v1/";

class Overtaken : public tests::SlowDisk, public testing::TestWithParam<char const*> {
 protected:
  Overtaken() {
    world_.party("ru", {"staff"});
    authenticator_ = std::make_unique<auth::Authenticator>(world_.centre());
    door_ = std::make_unique<Door>(world_.centre(), DoorOptions{}, authenticator_.get());
    router_ = std::make_unique<http::Router>(door_->routes());
    server_ = std::make_unique<http::Server>(
        http::ServerOptions{},
        [this](http::Request&& request, http::Done done) {
          router_->serve(std::move(request), std::move(done));
        },
        [this] { return world_.centre().epoch(); });
    EXPECT_TRUE(server_->start());
  }
  ~Overtaken() override {
    gate.allow(Gate::everything);
    server_.reset(), door_.reset();
  }

  http::Response ask(Method method, std::string const& path, Bytes body = {}) {
    http::Client client;
    http::ClientRequest request{method, "http://127.0.0.1:" + std::to_string(server_->port()) + path};
    request.headers.add("Authorization", "Basic " + crypto::to_base64("ru/staff/feed:" + tests::password));
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    request.body = std::move(body);
    return client.fetch(request).value_or(http::Response{});
  }
  std::future<http::Response> sent(Method method, std::string const& path, Bytes body = {}) {
    return std::async(std::launch::async, [this, method, path, body] { return ask(method, path, body); });
  }

  // What all three kinds take; `south` keeps one intent out of the key of another.
  Bytes body(int south) {
    auto const at = [&](Duration later) {
      return R"({"format":"RFC3339","value":")" + to_text(world_.clock.now() + later) + "\"}";
    };
    auto const point = [&](int lat, int lng) {
      return "{\"lat\":" + std::to_string(south + lat) + ".0,\"lng\":10.0" + std::to_string(lng) + "}";
    };
    auto const height = [](int metres) {
      return R"({"units":"M","reference":"W84","value":)" + std::to_string(metres) + "}";
    };
    std::string const volume = R"({"volume":{"outline_polygon":{"vertices":[)" + point(0, 1) + "," +
                               point(0, 2) + ",{\"lat\":" + std::to_string(south) +
                               R"(.01,"lng":10.01}]},"altitude_lower":)" + height(0) +
                               ",\"altitude_upper\":" + height(100) + "},\"time_start\":" + at(minutes(5)) +
                               ",\"time_end\":" + at(hours(1)) + "}";
    bool const one = GetParam() == std::string_view("subscriptions");
    return "{\"extents\":" + (one ? volume : "[" + volume + "]") +
           R"(,"key":[],"state":"Accepted","notify_for_operational_intents":true,)" +
           R"("uss_base_url":"https://uss.example/utm"})";
  }
  static std::string tag_of(http::Response const& answer) {
    auto const value = json::parse(answer.body, limits::request_body_bytes, json::Numbers::any);
    EXPECT_TRUE(value) << answer.body;
    if (!value) return {};
    for (auto const& [name, one] : value->as_object())
      if (auto const* told = one.if_object())
        return std::string(told->at(told->contains("ovn") ? "ovn" : "version").as_string());
    return {};
  }

  tests::TestCentre world_;
  std::unique_ptr<auth::Authenticator> authenticator_;
  std::unique_ptr<Door> door_;
  std::unique_ptr<http::Router> router_;
  std::unique_ptr<http::Server> server_;
};

TEST_P(Overtaken, is_not_there_for_what_came_too_early) {
  std::string const path = std::string(root) + GetParam() + "/00000000-0000-4000-8000-000000000001";
  std::string const other = std::string(root) + GetParam() + "/00000000-0000-4000-8000-000000000002";
  auto const first = ask(Method::put, path, body(10));
  ASSERT_TRUE(first.status == 200 || first.status == 201) << first.body;
  std::string const end = path + "/" + tag_of(first);
  ASSERT_EQ(ask(Method::delete_, end).status, 200);
  gate.allow(0);
  auto before = sent(Method::put, other, body(20));  // whose commit stands still
  EXPECT_EQ(before.wait_for(300ms), std::future_status::timeout);
  auto filed = sent(Method::put, path, body(10));  // the same request again: it has the same OVN
  EXPECT_EQ(filed.wait_for(300ms), std::future_status::timeout);
  auto ended = sent(Method::delete_, end);  // looks, and finds nothing yet
  EXPECT_EQ(ended.wait_for(300ms), std::future_status::timeout);
  gate.allow(Gate::everything);
  auto const again = filed.get();
  EXPECT_EQ(again.status, first.status);
  ASSERT_EQ(path + "/" + tag_of(again), end);
  // Ruled on when it is there, at an OVN that it has not.
  EXPECT_EQ(ended.get().status, 409);
  EXPECT_EQ(ask(Method::get, path).status, 200);
  EXPECT_EQ(ask(Method::delete_, end).status, 200);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Overtaken,
                         testing::Values("operational_intent_references", "constraint_references",
                                         "subscriptions"),
                         [](auto const& one) { return std::string(one.param); });

}  // namespace
}  // namespace comity::f3548
