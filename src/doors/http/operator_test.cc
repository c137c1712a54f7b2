// What the operator sees: the log, the counters, the health word. No name, path or query may be in any of it.
#include <sys/stat.h>

#include <cstdio>
#include <fstream>

#include "doors/http/health.h"
#include "doors/http/log.h"
#include "doors/http/metrics.h"
#include "doors/http/router.h"
#include "doors/http/server_fixture.h"

namespace comity::http {
namespace {

Route named_route() {
  auto const serve = [](Request&&, Match const& match, Done done) {
    auto reply = text_reply("content");
    reply.note = match.note();
    reply.note.office = 7;
    done(std::move(reply));
  };
  return {{Method::get}, "/items/{id}", "read", serve};
}

constexpr std::string_view confidential =
    "GET /items/secret-slug?match=secret HTTP/1.1\r\nHost: secret\r\nAuthorization: Basic secret\r\n\r\n";

std::string read_file(std::string const& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(ServerTest, LogHoldsTemplatesAndOpaqueNumbersOnly) {
  auto const path = testing::TempDir() + "comity-access.log";
  std::remove(path.c_str());
  ScriptedClock clock(*parse_time("2015-10-01T08:49:37.000000Z"));
  auto options = quick_options();
  options.clock = &clock;
  options.request_id = [](uint64_t serial) { return "id" + std::to_string(serial); };
  options.observers = {*open_access_log(path)};
  Router const router({named_route()});
  auto const running =
      serve(options, [&](Request&& request, Done done) { router.serve(std::move(request), done); });
  EXPECT_EQ(RawClient(port()).ask(confidential).body, "content");
  EXPECT_EQ(RawClient(port()).ask("GET /secret HTTP/1.1\r\nHost: h\r\n\r\n").status, 404);
  server_->stop(seconds(1));

  auto const log = read_file(path);
  EXPECT_EQ(
      log.substr(0, log.find('\n')),
      R"({"time":"2015-10-01T08:49:37.000000Z","request":"id0","route":"/items/{id}","status":200,"us":0,)"
      R"("in":0,"out":236,"office":"7"})");
  EXPECT_NE(log.find(R"("route":"-","status":404)"), std::string::npos);
  EXPECT_EQ(log.find("secret"), std::string::npos);
  struct stat status{};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(AccessLog, SaysWhenItCannotBeOpened) {
  EXPECT_EQ(open_access_log("/no/such/folder/access.log").error().code, ErrorCode::io);
}

TEST_F(ServerTest, MetricsCountByTemplate) {
  std::vector<Route> routes = {named_route()};
  auto const metrics = std::make_shared<Metrics>(routes);
  metrics->watch({"comity_queue_length", "Entries that wait", {"queue", "commands"}}, [] { return 3; });
  metrics->watch({"comity_snapshot_age_seconds", "Since the newest snapshot"}, [] { return 0.5; });
  routes.push_back(metrics->route());
  Router const router(std::move(routes));
  auto options = quick_options();
  options.observers = {metrics};
  auto const running =
      serve(options, [&](Request&& request, Done done) { router.serve(std::move(request), done); });
  RawClient client(port());
  client.ask(confidential);
  client.ask("GET /secret HTTP/1.1\r\nHost: h\r\n\r\n");
  auto const page = client.ask("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n").body;
  for (auto const* line : {
           R"(comity_http_requests_total{class="2xx",route="/items/{id}"} 1)",
           R"(comity_http_requests_total{class="4xx",route="-"} 1)",
           R"(comity_http_request_seconds_count{route="/items/{id}"} 1)",
           "comity_http_connections 1",
           R"(comity_queue_length{queue="commands"} 3)",
           "comity_snapshot_age_seconds 0.5",
           R"(comity_http_refusals_total{kind="path"} 1)",
           R"(comity_http_refusals_total{kind="busy"} 0)",
       }) {
    EXPECT_NE(page.find(line), std::string::npos) << line << "\n" << page;
  }
  EXPECT_EQ(page.find("secret"), std::string::npos);
  EXPECT_EQ(client.ask("DELETE /metrics HTTP/1.1\r\nHost: h\r\n\r\n").field("Allow"), "GET, HEAD");
}

TEST_F(ServerTest, HealthIsOneWord) {
  std::atomic<Health> health = Health::starting;
  Router const router({health_route([&] { return health.load(); })});
  auto const running =
      serve(quick_options(), [&](Request&& request, Done done) { router.serve(std::move(request), done); });
  RawClient client(port());
  auto const ask = [&] { return client.ask("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"); };
  EXPECT_EQ(ask().status, 503);
  EXPECT_EQ(ask().body, "starting\n");
  health = Health::ok;
  EXPECT_EQ(ask().status, 200);
  EXPECT_EQ(ask().body, "ok\n");
  health = Health::failing;
  EXPECT_EQ(ask().body, "failing\n");
  EXPECT_EQ(client.ask("PUT /healthz HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n").status, 405);
}

// The types say it: a door cannot make a release of its own.
static_assert(!std::is_constructible_v<release::Released<Bytes>, Bytes, uint64_t>);
static_assert(!std::is_copy_constructible_v<release::Released<Bytes>>);
static_assert(!std::is_constructible_v<release::OperatorText, Bytes>);

}  // namespace
}  // namespace comity::http
