#include "doors/console/assets.h"

#include <gtest/gtest.h>

namespace comity::console {
namespace {

constexpr Asset built[] = {
    {"/assets/index-5Fq2.js", "text/javascript; charset=utf-8", "js", "let a = 1", "packed"},
    {"/assets/map.png", "image/png", "png", "pixels", ""},
    {"/data/places.json", "application/json", "json", "[]", ""},
    {"/index.html", "text/html; charset=utf-8", "html", "<p>the console", "packed page"},
};

int first_pages = 0;  // that were told of

http::Reply ask(std::string const& path, http::Headers headers = {}, std::span<Asset const> all = built,
                http::Method method = http::Method::get) {
  http::Router const router(asset_routes(all, [](http::Request const&) { ++first_pages; }));
  http::Request request;
  request.method = method;
  request.path = path;
  request.headers = std::move(headers);
  http::Reply got = http::fixed_reply(500);
  router.serve(std::move(request), [&](http::Reply&& reply) { got = std::move(reply); });
  return got;
}

std::string field(http::Reply const& reply, std::string_view name) {
  return std::string(reply.headers.find(name).value_or(""));
}

TEST(Assets, WhoReadsTheFirstPageIsToldOf) {
  first_pages = 0;
  EXPECT_EQ(ask("/").status, 200);
  EXPECT_EQ(ask("/tour").status, 200);
  EXPECT_EQ(ask("/", {}, built, http::Method::post).status, 405);
  EXPECT_EQ(first_pages, 1);
}

TEST(Assets, ThePathsOfTheApplicationAreItsOnePage) {
  for (auto const* path : {"/", "/watch", "/agreements/ru.il-staff", "/tour"}) {
    auto const reply = ask(path);
    EXPECT_EQ(reply.status, 200) << path;
    EXPECT_EQ(reply.body.value(), "<p>the console") << path;
    EXPECT_EQ(field(reply, "Cache-Control"), "no-cache");
  }
  EXPECT_EQ(ask("/index.html").status, 404);
  EXPECT_EQ(ask("/nothing").status, 404);
  EXPECT_EQ(ask("/", {}, built, http::Method::post).status, 405);
}

TEST(Assets, WhatIsNamedByItsDigestIsKept) {
  auto const reply = ask("/assets/index-5Fq2.js");
  EXPECT_EQ(reply.body.value(), "let a = 1");
  EXPECT_EQ(field(reply, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(ask("/assets/other.js").status, 404);
  EXPECT_EQ(ask("/assets/").status, 404);
  EXPECT_EQ(ask("/data/places.json").body.value(), "[]");
}

TEST(Assets, ArePackedForWhoTakesThat) {
  auto const body = [](std::string const& accept) {
    return ask("/assets/index-5Fq2.js", {{"Accept-Encoding", accept}}).body.value();
  };
  for (auto const* accept : {"gzip", "br, GZIP;q=0.5", "deflate,gzip", "*"})
    EXPECT_EQ(body(accept), "packed") << accept;
  for (auto const* accept : {"", "br", "gzip;q=0", "gzip;q=0.000, *", "x-gzip", "identity"})
    EXPECT_EQ(body(accept), "let a = 1") << accept;
  auto const picture = ask("/assets/map.png", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(picture.body.value(), "pixels");
  EXPECT_FALSE(picture.headers.has("Content-Encoding"));
}

TEST(Assets, WhoHasThemIsToldSo) {
  std::string const tag = field(ask("/"), "ETag");
  auto const same = ask("/watch", {{"If-None-Match", "\"x\", " + tag}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(field(same, "ETag"), tag);
  EXPECT_EQ(ask("/", {{"If-None-Match", "\"x\""}}).status, 200);
  EXPECT_EQ(ask("/", {{"If-None-Match", tag}, {"Accept-Encoding", "gzip"}}).status, 200)
      << "these are other octets";
}

TEST(Assets, AreInert) {
  for (auto const* path : {"/", "/assets/map.png", "/data/places.json"}) {
    auto const reply = ask(path);
    EXPECT_TRUE(
        field(reply, "Content-Security-Policy").starts_with("default-src 'none'; script-src 'self'; "));
    EXPECT_EQ(field(reply, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(field(reply, "Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(field(reply, "Cross-Origin-Resource-Policy"), "same-origin");
  }
}

TEST(Assets, ABuildWithoutAConsoleSaysSo) {
  auto const reply = ask("/", {}, {});
  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.body.value().find("no console"), Bytes::npos);
  EXPECT_EQ(ask("/assets/index-5Fq2.js", {}, {}).status, 404);
}

}  // namespace
}  // namespace comity::console
