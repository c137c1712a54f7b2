// The server over real sockets: what is answered, in which form, and what is refused. server_flow_test.cc has time,
// threads and the law.
#include "doors/http/server.h"

#include "doors/http/server_fixture.h"

namespace comity::http {
namespace {

TEST_F(ServerTest, EveryAnswerHasTheSameFormInTheSameOrder) {
  ScriptedClock clock(*parse_time("2015-10-01T08:49:37.000000Z"));
  auto options = quick_options();
  options.clock = &clock;
  auto const running = serve(options);
  RawClient client(port());
  auto const answer = client.ask(get_a);
  EXPECT_EQ(answer.head,
            "HTTP/1.1 200 OK\r\n"
            "Date: Thu, 01 Oct 2015 08:49:37 GMT\r\n"
            "Server: comity\r\n"
            "Content-Length: 8\r\n"
            "Cache-Control: private, no-store\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Content-Security-Policy: default-src 'none'\r\n"
            "Content-Type: text/plain\r\n");
  EXPECT_EQ(answer.body, "GET /a 0");
  EXPECT_EQ(client.ask(get_a).head, answer.head);
}

TEST_F(ServerTest, KeepsTheConnection) {
  auto const running = serve(quick_options());
  RawClient client(port());
  for (int i = 0; i < 5; ++i) EXPECT_EQ(client.ask(get_a).body, "GET /a 0");
}

TEST_F(ServerTest, ClosesWhenAsked) {
  auto const running = serve(quick_options());
  RawClient client(port());
  auto const answer = client.ask("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(answer.field("Connection"), "close");
  EXPECT_TRUE(client.is_closed());
  RawClient old(port());
  EXPECT_EQ(old.ask("GET /a HTTP/1.0\r\n\r\n").field("Connection"), "close");
  EXPECT_TRUE(old.is_closed());
  RawClient old_kept(port());
  EXPECT_EQ(old_kept.ask("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").field("Connection"),
            "keep-alive");
  EXPECT_EQ(old_kept.ask("GET /a HTTP/1.0\r\n\r\n").status, 200);
}

TEST_F(ServerTest, ClosesAfterSoManyRequests) {
  auto options = quick_options();
  options.requests_per_connection = 2;
  auto const running = serve(options);
  RawClient client(port());
  EXPECT_EQ(client.ask(get_a).field("Connection"), "");
  EXPECT_EQ(client.ask(get_a).field("Connection"), "close");
  EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  auto const running = serve(quick_options());
  RawClient client(port());
  std::string all;
  for (int i = 0; i < 50; ++i) {
    all += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nGET /";
  }
  client.send(all);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(client.read().body, "POST /" + std::to_string(i) + " 5");
}

TEST_F(ServerTest, HeadIsGetWithoutTheBody) {
  auto const running = serve(quick_options());
  RawClient client(port());
  client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
  auto const answer = client.read(RawClient::To::head);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("Content-Length"), "9");  // "HEAD /a 0"
  EXPECT_EQ(client.ask(get_a).body, "GET /a 0") << "nothing of a body came between";
}

TEST_F(ServerTest, NoBodyWhereThereCanBeNone) {
  auto const running = serve(quick_options(), [](Request&&, Done done) {
    auto reply = text_reply("never sent");
    reply.status = 204;
    done(std::move(reply));
  });
  RawClient client(port());
  auto const answer = client.ask(get_a);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.field("Content-Length"), "");
  EXPECT_EQ(client.ask(get_a).status, 204);
}

TEST_F(ServerTest, TakesChunkedBodies) {
  auto const running = serve(quick_options());
  RawClient client(port());
  std::string const head = "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(client.ask(head + "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n").body, "POST /c 7");
  std::string big;
  for (int i = 0; i < 100; ++i) big += "1000\r\n" + std::string(4096, 'x') + "\r\n";
  EXPECT_EQ(client.ask(head + big + "0\r\n\r\n").body, "POST /c 409600");
}

TEST_F(ServerTest, TellsTheClientToGoOn) {
  auto const running = serve(quick_options());
  RawClient client(port());
  std::string const head = "POST /e HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: ";
  EXPECT_EQ(client.ask(head + "3\r\n\r\n").status, 100);
  EXPECT_EQ(client.ask("abc").body, "POST /e 3");
  EXPECT_EQ(client.ask(head + "999999999999\r\n\r\n").status, 413) << "instead of going on";
}

struct Refusal {
  char const* request;
  int status;
};

TEST_F(ServerTest, RefusesWithAConstantAndCloses) {
  auto const running = serve(quick_options());
  for (auto const& [request, status] : {
           Refusal{"GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400},
           Refusal{"\x16\x03\x01\x02", 400},  // TLS at the wrong door
           Refusal{"get / HTTP/1.1\r\n", 400},
           Refusal{"GET / HTTP/1.1\r\n\r\n", 400},
           Refusal{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
           Refusal{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: "
                   "chunked\r\n\r\n0\r\n\r\n",
                   400},
           Refusal{"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
           Refusal{"POST / HTTP/1.1\r\nHost: h\r\n\r\n", 411},
           Refusal{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 67108865\r\n\r\n", 413},
           Refusal{"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4000001\r\n", 413},
           Refusal{"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Encoding: gzip\r\n\r\nabc",
                   415},
           Refusal{"GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505},
       }) {
    RawClient client(port());
    auto const answer = client.ask(request);
    EXPECT_EQ(answer.status, status) << request;
    EXPECT_EQ(answer.body, fixed_reply(status).body.value());
    EXPECT_EQ(answer.field("Connection"), "close");
    EXPECT_TRUE(client.is_closed()) << "what follows is not read as a request";
  }
}

// As far as a request line is there, its path is known; nothing else is.
TEST_F(ServerTest, TheFormOfARefusalIsChosenByThePath) {
  auto options = quick_options();
  options.head_within = milliseconds(50);
  options.refuse = [](int status, std::string_view path) {
    Reply reply = fixed_reply(status);
    reply.headers.add("X-Path", "<" + std::string(path) + ">");
    return reply;
  };
  auto const running = serve(options, [this](Request&& request, Done done) {
    if (request.path != "/dropped") done(text_reply("of an old law", epoch_ - 1));
  });
  struct Case {
    std::string request, path;
    int status;
  };
  for (auto const& [request, path, status] : {
           Case{"GET /a%20b?c=d HTTP/1.1\r\n\r\n", "</a b>", 400},
           Case{"GET /%zz?x HTTP/1.1\r\nHost: h\r\n\r\n", "</%zz>", 400},
           Case{"\x16\x03\x01\x02", "<>", 400},
           Case{"GET /late", "</late>", 408},
           Case{"GET", "<>", 408},
           Case{"GET /big HTTP/1.1\r\nX: " + std::string(20'000, 'x'), "</big>", 431},
           Case{"GET /" + std::string(20'000, 'y'), "</" + std::string((16u << 10) - 5, 'y') + ">", 431},
           Case{"POST /chunks HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "</chunks>",
                400},
           Case{"GET /dropped HTTP/1.1\r\nHost: h\r\n\r\n", "</dropped>", 500},
           Case{"GET /stale HTTP/1.1\r\nHost: h\r\n\r\n", "</stale>", 503},
       }) {
    auto const answer = RawClient(port()).ask(request);
    EXPECT_EQ(answer.status, status) << request.substr(0, 60);
    EXPECT_EQ(answer.field("X-Path"), path);
  }
}

TEST_F(ServerTest, RefusesAHeadThatIsTooLarge) {
  auto const running = serve(quick_options());
  RawClient client(port());
  EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'x')).status, 431);
  RawClient just_fits(port());
  std::string const head = "GET /a HTTP/1.1\r\nHost: h\r\nX: ";
  EXPECT_EQ(just_fits.ask(head + std::string((16u << 10) - head.size() - 4, 'x') + "\r\n\r\n").status, 200);
}

TEST_F(ServerTest, RefusesTheHeadOfAChunkThatIsTooLarge) {
  auto const running = serve(quick_options());
  RawClient client(port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;");
  EXPECT_EQ(client.ask(std::string(40'000, 'x')).status, 400);
}

// The answer must arrive although the client is still sending.
TEST_F(ServerTest, ARefusalIsNotLostInWhatTheClientStillSends) {
  auto const running = serve(quick_options());
  RawClient client(port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n");
  client.send(std::string(1u << 20, 'x'));
  EXPECT_EQ(client.read().status, 413);
}

// Before anybody is asked who she is: all bodies together have a limit, and what is freed can be used again.
TEST_F(ServerTest, BodiesOfAllConnectionsHaveALimit) {
  auto options = quick_options();
  options.bodies_bytes = 100'000;
  auto const running = serve(options);
  std::string const head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 80000\r\n\r\n";
  auto first = std::make_unique<RawClient>(port());
  first->send(head + std::string(70'000, 'x'));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  RawClient second(port());
  second.send(head + std::string(80'000, 'x'));
  EXPECT_EQ(second.read().status, 503);
  first->send(std::string(10'000, 'x'));
  EXPECT_EQ(first->read().body, "POST / 80000");
  RawClient third(port());
  third.send(head + std::string(80'000, 'x'));
  EXPECT_EQ(third.read().status, 200);
}

TEST_F(ServerTest, TurnsAwayConnectionsBeyondTheLimit) {
  auto options = quick_options();
  options.connections = 2;
  auto const running = serve(options);
  RawClient first(port());
  auto second = std::make_unique<RawClient>(port());
  EXPECT_EQ(first.ask(get_a).status, 200);
  EXPECT_EQ(second->ask(get_a).status, 200);
  RawClient third(port());
  auto const answer = third.read();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, fixed_reply(503).body.value());
  EXPECT_TRUE(third.is_closed());
  second.reset();
  for (int tries = 0; tries < 100; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    if (RawClient(port()).ask(get_a).status == 200) return;
  }
  FAIL() << "the place was not given back";
}

TEST_F(ServerTest, TurnsAwayConnectionsOfOneAddressBeyondItsLimit) {
  auto options = quick_options();
  options.connections_per_address = 1;
  auto const running = serve(options);
  RawClient first(port());
  EXPECT_EQ(first.ask(get_a).status, 200);
  EXPECT_EQ(RawClient(port()).read().status, 503);
}

TEST_F(ServerTest, ValuesCannotEndTheirLine) {
  auto const running = serve(quick_options(), [](Request&&, Done done) {
    auto reply = text_reply("x");
    reply.headers.add("X-Name", "a\r\nSet-Cookie: b\r\n");
    done(std::move(reply));
  });
  EXPECT_EQ(RawClient(port()).ask(get_a).field("X-Name"), "aSet-Cookie: b");
}

TEST(Server, SaysWhyItCannotListen) {
  ServerOptions options;
  options.address = "not-an-address";
  Server nowhere(options, echo, [] { return uint64_t(0); });
  EXPECT_EQ(nowhere.start().error().code, ErrorCode::bad_input);

  Server first({}, echo, [] { return uint64_t(0); });
  ASSERT_TRUE(first.start());
  ServerOptions same;
  same.port = first.port();
  Server second(same, echo, [] { return uint64_t(0); });
  EXPECT_EQ(second.start().error().code, ErrorCode::io);
}

}  // namespace
}  // namespace comity::http
