#include "doors/console/browser.h"

#include <gtest/gtest.h>

namespace comity::console {
namespace {

http::Request request(http::Method method, http::Headers headers) {
  http::Request made;
  made.method = method;
  made.headers = std::move(headers);
  return made;
}

TEST(Browser, WhatChangesSomethingComesFromAPageOfThisOrigin) {
  auto const is_own = [](http::Headers headers) {
    return is_of_own_page(request(http::Method::post, std::move(headers)));
  };
  EXPECT_FALSE(is_own({{"Host", "h:1"}}));
  EXPECT_TRUE(is_own({{"Host", "h:1"}, {"Comity-Console", "1"}}));
  EXPECT_TRUE(is_own({{"Host", "h:1"}, {"Comity-Console", "1"}, {"Origin", "http://H:1"}}));
  EXPECT_TRUE(is_own({{"Host", "h"}, {"Comity-Console", "1"}, {"Sec-Fetch-Site", "same-origin"}}));
  for (auto const* site : {"same-site", "cross-site", "none", ""})
    EXPECT_FALSE(is_own({{"Host", "h"}, {"Comity-Console", "1"}, {"Sec-Fetch-Site", site}})) << site;
  for (auto const* origin : {"http://h", "http://h:12", "http://other.h:1", "null", "h:1", ""})
    EXPECT_FALSE(is_own({{"Host", "h:1"}, {"Comity-Console", "1"}, {"Origin", origin}})) << origin;
  EXPECT_TRUE(is_of_own_page(request(http::Method::get, {{"Host", "h"}, {"Origin", "http://x"}})));
}

TEST(Browser, ADemoIsAddressedOnThisMachine) {
  for (auto const* host : {"localhost", "localhost:8642", "ru.localhost:8642", "RU.LOCALHOST", "127.0.0.1:1",
                           "[::1]:80", "[::1]"})
    EXPECT_TRUE(is_to_loopback(request(http::Method::get, {{"Host", host}}))) << host;
  for (auto const* host :
       {"example.org", "localhost.example.org", "127.0.0.1.example.org", ".localhost", "[::2]", ""})
    EXPECT_FALSE(is_to_loopback(request(http::Method::get, {{"Host", host}}))) << host;
}

TEST(Browser, TheCookieIsOneOrNone) {
  auto const in = [](http::Headers headers, Secured secured = Secured::no) {
    return std::string(cookie_of(request(http::Method::get, std::move(headers)), secured));
  };
  EXPECT_EQ(in({{"Cookie", "comity=abc"}}), "abc");
  EXPECT_EQ(in({{"Cookie", "a=b; comity=abc;c=d"}}), "abc");
  EXPECT_EQ(in({{"Cookie", "a=b"}, {"Cookie", " comity=abc "}}), "abc");
  EXPECT_EQ(in({{"Cookie", "comity=abc; comity=abc"}}), "") << "two, and nobody says which";
  EXPECT_EQ(in({{"Cookie", "xcomity=abc; comity"}}), "");
  EXPECT_EQ(in({{"Cookie", "comity=abc"}}, Secured::yes), "") << "by TLS it has another name";
  EXPECT_EQ(in({{"Cookie", "__Secure-comity=abc"}}, Secured::yes), "abc");
  EXPECT_EQ(in({}), "");
}

TEST(Browser, TheCookieIsForThisDoorAlone) {
  EXPECT_EQ(set_cookie("abc", hours(12), Secured::no),
            "comity=abc; Path=/console; Max-Age=43200; HttpOnly; SameSite=Strict");
  EXPECT_EQ(set_cookie("", hours(12), Secured::yes),
            "__Secure-comity=; Path=/console; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
}

}  // namespace
}  // namespace comity::console
