#include "doors/http/client.h"

#include "doors/http/server_fixture.h"

namespace comity::http {
namespace {

class ClientTest : public ServerTest {
 protected:
  std::string url(std::string const& path) const {
    return "http://127.0.0.1:" + std::to_string(port()) + path;
  }
  Client client_;
};

TEST_F(ClientTest, AsksAndKeepsItsConnection) {
  auto options = quick_options();
  options.connections = 1;  // a second connection would be answered 503
  auto const running = serve(options);
  auto const got = client_.fetch({.url = url("/a?x=1")});
  ASSERT_TRUE(got) << got.error().detail;
  EXPECT_EQ(got->status, 200);
  EXPECT_EQ(got->body, "GET /a?x=1 0");
  EXPECT_EQ(got->headers.find("content-type"), "text/plain");
  EXPECT_EQ(client_.fetch({.method = Method::post, .url = url("/p"), .body = "12345"})->body, "POST /p 5");
  EXPECT_EQ(client_.fetch({.method = Method::put, .url = url("/p")})->body, "PUT /p 0");
  EXPECT_EQ(client_.fetch({.method = Method::delete_, .url = url("/d")})->body, "DELETE /d 0");
  EXPECT_EQ(client_.fetch({.method = Method::head, .url = url("/h")})->body, "");
  EXPECT_EQ(client_.fetch({.url = url("/after")})->body, "GET /after 0");
}

TEST_F(ClientTest, SendsBodiesWithNulsAndHeaders) {
  auto const running = serve(quick_options(), [](Request&& request, Done done) {
    done(text_reply(std::string(*request.headers.find("X-One")) + request.body));
  });
  Bytes const body("a\0b", 3);
  auto const got =
      client_.fetch({.method = Method::post, .url = url("/"), .headers = {{"X-One", "1"}}, .body = body});
  ASSERT_TRUE(got);
  EXPECT_EQ(got->body, "1" + body);
}

TEST_F(ClientTest, FollowsNoRedirect) {
  auto const running =
      serve(quick_options(), [](Request&& request, Done done) { done(slash_redirect(request)); });
  auto const got = client_.fetch({.url = url("/a")});
  ASSERT_TRUE(got);
  EXPECT_EQ(got->status, 308);
  EXPECT_EQ(got->headers.find("Location"), "/a/");
}

TEST_F(ClientTest, TakesNoMoreThanItsLimit) {
  auto const running =
      serve(quick_options(), [](Request&&, Done done) { done(text_reply(std::string(1000, 'x'))); });
  EXPECT_TRUE(client_.fetch({.url = url("/"), .response_bytes = 1000}));
  auto const got = client_.fetch({.url = url("/"), .response_bytes = 999});
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::too_large);
}

TEST_F(ClientTest, GivesUpInTime) {
  Done kept;
  auto const running = serve(quick_options(), [&](Request&&, Done done) { kept = std::move(done); });
  auto const got = client_.fetch({.url = url("/"), .within = milliseconds(50)});
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::io);
  server_->stop({});
}

TEST_F(ClientTest, RefusesWhatIsNoRequest) {
  for (auto const* bad : {"file:///etc/hostname", "nonsense://x", "", "http://127.0.0.1:1/\r\nX: y"}) {
    auto const got = client_.fetch({.url = bad});
    ASSERT_FALSE(got) << bad;
    EXPECT_EQ(got.error().code, ErrorCode::bad_input) << bad;
  }
  auto const got = client_.fetch({.url = "http://127.0.0.1:1/", .headers = {{"X", "a\r\nY: b"}}});
  EXPECT_EQ(got.error().code, ErrorCode::bad_input);
  EXPECT_EQ(client_.fetch({.url = "http://127.0.0.1:1/"}).error().code, ErrorCode::io) << "nobody there";
}

}  // namespace
}  // namespace comity::http
