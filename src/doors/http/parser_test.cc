#include "doors/http/parser.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

constexpr FramingLimits limits{.head_bytes = 4096, .header_fields = 10, .body_bytes = 100};

// The status of the refusal, or 0; the body comes in pieces of `step` bytes.
int parse(std::string const& text, Request* out = nullptr, size_t step = 7) {
  RequestParser parser(limits);
  auto const length = head_length(text);
  if (length == 0) return -1;
  if (int const status = parser.head(BytesView(text).substr(0, length)); status != 0) return status;
  size_t begin = length;
  for (size_t end = length; !parser.done();) {
    if (end == text.size()) return -1;
    end = std::min(text.size(), end + step);
    auto const taken = parser.body(BytesView(text).substr(begin, end - begin));
    begin += taken.bytes;
    if (taken.status != 0) return taken.status;
  }
  if (out) *out = parser.take();
  return 0;
}

std::string post(std::string const& fields, std::string const& body = "") {
  return "POST /p HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n" + body;
}

TEST(Parser, ReadsARequest) {
  Request request;
  ASSERT_EQ(
      parse("PUT /a%20b?x=1 HTTP/1.1\r\nHost: h\r\nX-One:  1 \r\nx-one: 2\r\nContent-Length: 3\r\n\r\nabc",
            &request),
      0);
  EXPECT_EQ(request.method, Method::put);
  EXPECT_EQ(request.target, "/a%20b?x=1");
  EXPECT_EQ(request.path, "/a b");
  EXPECT_EQ(request.query, (Query{{"x", "1"}}));
  EXPECT_EQ(request.headers.joined("X-ONE"), "1, 2");
  EXPECT_EQ(request.body, "abc");
}

TEST(Parser, ReadsChunksHoweverTheyArrive) {
  auto const text =
      post("Transfer-Encoding: Chunked\r\n", "4;name=value\r\nabcd\r\n00a\r\n0123456789\r\n0\r\n\r\n");
  for (size_t step = 1; step <= text.size(); ++step) {
    Request request;
    ASSERT_EQ(parse(text, &request, step), 0) << step;
    EXPECT_EQ(request.body, "abcd0123456789");
  }
}

TEST(Parser, AnEmptyChunkedBodyHoweverItArrives) {
  for (size_t step = 1; step <= 5; ++step) {
    EXPECT_EQ(parse(post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), nullptr, step), 0) << step;
    EXPECT_EQ(parse(post("Transfer-Encoding: chunked\r\n", "0;a=b\r\n\r\n"), nullptr, step), 0) << step;
  }
}

TEST(Parser, TrailersAreRefused) {
  for (auto const* trailer : {"Authorization: Basic eA==\r\n", "x\r\n", "\n\r\n"}) {
    auto const text =
        post("Transfer-Encoding: chunked\r\n", "1\r\nx\r\n0\r\n" + std::string(trailer) + "\r\n");
    for (size_t step = 1; step <= 20; ++step) EXPECT_EQ(parse(text, nullptr, step), 400) << trailer;
  }
}

// What one server reads as one request and another as two.
TEST(Parser, AmbiguousLengthsAreRefused) {
  for (auto const* fields : {
           "Content-Length: 3\r\nContent-Length: 3\r\n",
           "Content-Length: 3\r\nContent-Length: 4\r\n",
           "Content-Length: 3, 3\r\n",
           "Content-Length: +3\r\n",
           "Content-Length: -3\r\n",
           "Content-Length: 0x3\r\n",
           "Content-Length: \r\n",
           "Content-Length: 99999999999999999999999\r\n",
           "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
           "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
           "Content-Length : 3\r\n",
           "X: y\r\n Content-Length: 3\r\n",
           "Content-Length: 3\r\nX: a\r\n\tb\r\n",
       }) {
    EXPECT_EQ(parse(post(fields, "abc")), 400) << fields;
  }
  EXPECT_EQ(parse(post("Transfer-Encoding: gzip, chunked\r\n")), 501);
  EXPECT_EQ(parse(post("Transfer-Encoding: xchunked\r\n")), 501);
}

TEST(Parser, BadChunksAreRefused) {
  for (auto const* body :
       {"x\r\nabc\r\n", "3\r\nabcd\r\n0\r\n\r\n", "-1\r\n", "3 \nabc\r\n", "ffffffffffffffffff\r\n"}) {
    EXPECT_GE(parse(post("Transfer-Encoding: chunked\r\n", body)), 400) << body;
  }
}

TEST(Parser, TheLimitOnBodies) {
  EXPECT_EQ(parse(post("Content-Length: 100\r\n", std::string(100, 'x'))), 0);
  EXPECT_EQ(parse(post("Content-Length: 101\r\n")), 413) << "before anything of it is read";
  EXPECT_EQ(parse(post("Transfer-Encoding: chunked\r\n", "65\r\n")), 413);
  EXPECT_EQ(parse(post("Transfer-Encoding: chunked\r\n", "40\r\n" + std::string(64, 'x') + "\r\n40\r\n")),
            413);
  EXPECT_EQ(parse(post("Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n")), 413);
}

TEST(Parser, MalformedHeadsAreRefused) {
  for (auto const* text : {
           "GET / HTTP/1.1\r\n\r\n",                            // no Host
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",      // two
           "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",              // bad escape
           "GET / HTTP/1.1\r\nHost: h\r\nBad Name: x\r\n\r\n",  //
           "GET / HTTP/1.1\r\nHost: h\r\n: x\r\n\r\n",          //
           "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",                //
           "GET /\r\nHost: h\r\n\r\n",                          //
           "GET example HTTP/1.1\r\nHost: h\r\n\r\n",           //
           "GET / HTTP/1.1\r\nHost: h\r\nX: a\x01z\r\n\r\n",    //
           "GET / HTTP/1.1\r\nHost: h\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n",
       }) {
    EXPECT_EQ(parse(text), 400) << text;
  }
  for (auto const* version : {"HTTP/2.0", "HTTP/1.1 x", "XTTP/1.1", "HTTP/1"}) {
    EXPECT_EQ(parse(std::string("GET / ") + version + "\r\nHost: h\r\n\r\n"), 505) << version;
  }
  EXPECT_EQ(parse("GET / HTTP/1.0\r\n\r\n"), 0);
  EXPECT_EQ(parse("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"), 0)
      << "line ends before a request are no request";
}

TEST(Parser, OtherRefusalsInTheirOrder) {
  EXPECT_EQ(parse(post("")), 411);
  EXPECT_EQ(parse(post("Content-Length: 0\r\n")), 0);
  EXPECT_EQ(parse(post("Content-Length: 999\r\nContent-Encoding: gzip\r\nExpect: miracle\r\n")), 417);
  EXPECT_EQ(parse(post("Content-Length: 999\r\nContent-Encoding: identity\r\n")), 415);
  std::string many;
  for (int i = 0; i < 11; ++i) many += "X: y\r\n";
  EXPECT_EQ(parse(post(many)), 431);
}

TEST(Parser, LeavesWhatBelongsToTheNextRequest) {
  RequestParser parser(limits);
  std::string const text = post("Content-Length: 2\r\n", "abGET / HTTP/1.1");
  auto const length = head_length(text);
  ASSERT_EQ(parser.head(BytesView(text).substr(0, length)), 0);
  EXPECT_EQ(parser.body(BytesView(text).substr(length)).bytes, 2u);
  EXPECT_TRUE(parser.done());
}

}  // namespace
}  // namespace comity::http
