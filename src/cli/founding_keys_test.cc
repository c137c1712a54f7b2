#include "cli/founding_keys.h"

#include <gtest/gtest.h>

namespace comity::cli {
namespace {

json::Value parsed(std::string_view text) { return json::parse(text, 10'000).value(); }

json::Value const parties =
    parsed(R"([{"party":"ru","kind":"state","founding_key":"ed25519:0011223344556677"},
  {"party":"iq","kind":"state","founding_key":"ed25519:8899aabbccddeeff"}])");

TEST(FoundingKeys, ArePutInAndSaid) {
  json::Value text =
      parsed(R"({"id":"ru.x","participants":[{"party":"ru","offices":["ru/mfa"]},{"party":"iq"}]})");
  auto const said = put_in_founding_keys(text, parties);
  EXPECT_EQ(said, (std::vector<std::string>{"founding_key of ru: ed25519:0011223344556677",
                                            "founding_key of iq: ed25519:8899aabbccddeeff"}));
  EXPECT_EQ(text, parsed(R"({"id":"ru.x","participants":[
    {"party":"ru","offices":["ru/mfa"],"founding_key":"ed25519:0011223344556677"},
    {"party":"iq","founding_key":"ed25519:8899aabbccddeeff"}]})"));
}

TEST(FoundingKeys, WhatIsThereStays) {
  json::Value const given = parsed(
      R"({"participants":[{"party":"ru","founding_key":"ed25519:ffffffffffffffff"},{"party":"iq","founding_key":null}]})");
  json::Value text = given;
  EXPECT_TRUE(put_in_founding_keys(text, parties).empty());
  EXPECT_EQ(text, given);
}

// Whether it is a text is for the compiler to say.
TEST(FoundingKeys, WhatIsNotKnownStaysAway) {
  for (char const* one : {R"({"participants":[{"party":"zz"},{"party":1},7,null]})",
                          R"({"participants":"ru"})", "{}", "[]", "7"}) {
    json::Value const given = parsed(one);
    json::Value text = given;
    EXPECT_TRUE(put_in_founding_keys(text, parties).empty()) << one;
    EXPECT_EQ(text, given);
  }
  json::Value text = parsed(R"({"participants":[{"party":"ru"}]})");
  EXPECT_TRUE(put_in_founding_keys(text, json::Value()).empty());
}

}  // namespace
}  // namespace comity::cli
