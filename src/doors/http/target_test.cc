#include "doors/http/target.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

TEST(RequestTarget, IsDecodedOnce) {
  auto const target =
      parse_target("/a%20b/%2541/?match%5Btype%5D=indicator&limit=5&limit=6&flag&=x&q=a+b%2Bc");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a b/%41/");
  Query const expected = {
      {"match[type]", "indicator"}, {"limit", "5"}, {"limit", "6"}, {"flag", ""}, {"", "x"}, {"q", "a b+c"}};
  EXPECT_EQ(target->query, expected);
}

TEST(RequestTarget, AbsoluteFormAndAsterisk) {
  EXPECT_EQ(parse_target("http://centre.example:80/taxii2/?a=1")->path, "/taxii2/");
  EXPECT_EQ(parse_target("HTTPS://centre.example")->path, "/");
  EXPECT_EQ(parse_target("*")->path, "*");
}

TEST(RequestTarget, BadEncodingIsRefused) {
  for (auto const* bad : {"/%", "/%4", "/%zz", "/a%2fb", "/a%2Fb", "/%00", "/%0d%0aX", "/%7f", "/?a=%",
                          "/?%g1", "/?a=%00", "/a#b", "a", "", "ftp://x/"}) {
    auto const target = parse_target(bad);
    ASSERT_FALSE(target) << bad;
    EXPECT_EQ(target.error().code, ErrorCode::bad_input);
    EXPECT_EQ(target.error().detail, "malformed request target") << "quotes nothing";
  }
}

}  // namespace
}  // namespace comity::http
