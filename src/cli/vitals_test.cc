// What the operator is told: the gauges of a running centre, and the sentences when something begins to fail.
#include "cli/vitals.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <future>

#include "centre_fixture.h"
#include "crypto/base64.h"
#include "doors/http/client.h"
#include "doors/http/log.h"
#include "doors/http/server.h"

namespace comity::cli {
namespace {

Bytes page_of(http::Metrics& metrics) {
  http::Router const router({metrics.route()});
  http::Request request;
  request.method = http::Method::get, request.path = "/metrics";
  std::promise<Bytes> said;
  router.serve(std::move(request), [&](http::Reply&& reply) { said.set_value(reply.body.value()); });
  return said.get_future().get();
}

std::vector<std::string> gauges_in(Bytes const& page) {
  std::vector<std::string> all;
  for (size_t at = 0; at < page.size();) {
    size_t const end = std::min(page.find('\n', at), page.size());
    if (page[at] != '#' && page.substr(at, 12) != "comity_http_") all.push_back(page.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

// Two centres of different parties, items and numbers of records: the same lines, but for what the disk is (F7).
TEST(Vitals, NothingOfThemNamesAnybodyOrCountsRecords) {
  auto const lines_with = [](int items) {
    tests::TestCentre world;
    world.party("canary-party", {"canary-office"});
    world.party("iq", {"defence"});
    world.in_force("canary-party.pact", {"canary-party/canary-office", "iq/defence"},
                   {tests::grant_clause("all")});
    for (int i = 0; i < items; ++i)
      world.contribute("canary-party/canary-office", "canary-party.pact", tests::indicator_object(i));
    Doors doors(world.centre());
    http::Metrics metrics(doors.routes());
    watch_vitals(metrics, world.centre(), doors, world.data());
    Bytes const page = page_of(metrics);
    EXPECT_EQ(page.find("canary"), page.npos);
    auto lines = gauges_in(page);
    std::erase_if(lines, [](std::string const& line) { return line.starts_with("comity_disk_free_bytes"); });
    return lines;
  };
  auto const few = lines_with(1);
  EXPECT_EQ(few, lines_with(20));
  auto const has = [&](std::string const& line) { return std::ranges::find(few, line) != few.end(); };
  EXPECT_TRUE(has("comity_failing{why=\"journal\"} 0"));
  EXPECT_TRUE(has("comity_snapshot_age_seconds -1"));
  EXPECT_TRUE(has("comity_journal_bytes 16777216"));
  EXPECT_TRUE(has("comity_queue_length{queue=\"commands\"} 0"));
  EXPECT_TRUE(has("comity_back_off{of=\"users\"} 0"));
}

// Canaries in everything a client can say, over a real socket: path, query, fields, credential, body, idempotency key, good
// and bad. None of them is in the access log or on the page of counters.
TEST(Vitals, LogAndCountersHoldNothingOfWhatIsSaid) {
  tests::TestCentre world;
  world.party("canary-party", {"canary-office"});
  world.party("iq", {"defence"});
  world.in_force("canary-party.pact", {"canary-party/canary-office", "iq/defence"},
                 {tests::grant_clause("canary")});
  Doors doors(world.centre());
  auto const routes = doors.routes();
  http::Router const router(routes, doors.refusals());
  auto const metrics = std::make_shared<http::Metrics>(routes);
  watch_vitals(*metrics, world.centre(), doors, world.data());
  std::string const path = testing::TempDir() + "comity-canaries.log";
  std::remove(path.c_str());
  http::ServerOptions options;
  options.observers = {metrics, http::open_access_log(path).value()};
  options.refuse = doors.refusals();
  http::Server server(
      options, [&](http::Request&& request, http::Done done) { router.serve(std::move(request), done); },
      [&] { return world.centre().epoch(); });
  ASSERT_TRUE(server.start());
  http::Client client;
  auto const ask = [&](http::Method method, std::string const& target, std::string const& user,
                       Bytes body = {}) {
    std::string const media =
        target.starts_with("/taxii2") ? "application/taxii+json;version=2.1" : "application/json";
    http::ClientRequest request{method, "http://127.0.0.1:" + std::to_string(server.port()) + target};
    request.headers = {{"Authorization", "Basic " + crypto::to_base64(user + ":" + tests::password)},
                       {"Accept", media},
                       {"User-Agent", "canary-agent"},
                       {"X-Canary", "canary-field"},
                       {"Idempotency-Key", "canary-key"}};
    if (!body.empty()) request.headers.add("Content-Type", media);
    request.body = std::move(body);
    auto const answer = client.fetch(request);
    EXPECT_TRUE(answer);
    return answer ? answer->status : 0;
  };
  std::string const feed = "canary-party/canary-office/feed", root = "/taxii2/canary-party.pact/collections/";
  Bytes const envelope =
      R"({"objects":[)" +
      tests::indicator_object(1, R"(,"description":"canary-text","labels":["canary-label"])") + "]}";
  EXPECT_EQ(ask(http::Method::post, root + "contributed/objects/", feed, envelope), 202);
  EXPECT_EQ(ask(http::Method::get, root + "received/objects/?match%5Bid%5D=canary--1", "iq/defence/feed"),
            200);
  EXPECT_EQ(ask(http::Method::get, root + "canary-collection/", feed), 404);
  EXPECT_EQ(ask(http::Method::get, "/api/v1/canary/no-route", feed), 404);
  EXPECT_EQ(ask(http::Method::get, "/api/v1/me?canary=canary", "canary-nobody/canary/x"), 401);
  EXPECT_EQ(
      ask(http::Method::post, "/api/v1/commands", feed, R"({"kind":"canary","body":{"canary":"canary"}})"),
      422);
  EXPECT_EQ(ask(http::Method::post, "/api/v1/commands", feed, R"({"canary)"), 400);
  Bytes const page = page_of(*metrics);
  server.stop(seconds(1));
  Bytes const log = system_seam().files.read(path).value();
  EXPECT_EQ(std::ranges::count(log, '\n'), 7);
  EXPECT_EQ(log.find("canary"), log.npos);
  EXPECT_EQ(page.find("canary"), page.npos);
  for (std::string const& encoded : {crypto::to_base64("canary"), to_hex("canary"), crypto::to_base64(feed)})
    EXPECT_EQ((log + page).find(encoded), std::string::npos) << encoded;
}

TEST(Vitals, EachAlarmIsToldOnceWhenItBeginsAndOnceWhenItEnds) {
  sequencer::Vitals const well;
  sequencer::Vitals ill;
  ill.journal_failed = true;
  EXPECT_TRUE(news(well, well).empty());
  ASSERT_EQ(news(well, ill).size(), 1u);
  EXPECT_NE(news(well, ill).front().find("journal cannot be written"), std::string::npos);
  EXPECT_TRUE(news(ill, ill).empty());
  EXPECT_EQ(news(ill, well), std::vector<std::string>{"the journal is written again"});
}

}  // namespace
}  // namespace comity::cli
