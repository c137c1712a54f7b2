#include "json/split.h"

#include <gtest/gtest.h>

#include <random>

#include "json/validate.h"

namespace comity::json {
namespace {

TEST(Split, GivesElementsAsPosted) {
  std::string const body =
      " {\"type\": \"bundle\", \"objects\" : [ {\"a\" : [1, {}], \"s\":\"]}\\\"\"} ,\n[ 1 ] , \"x\" , 1e5 , "
      "null ] , "
      "\"n\\u0061me\" : { \"k\" : 2 } , \"z\": 12 } ";
  auto const bundle = split(body);
  ASSERT_TRUE(bundle);
  EXPECT_TRUE(bundle->found);
  EXPECT_EQ(bundle->elements,
            (std::vector<BytesView>{"{\"a\" : [1, {}], \"s\":\"]}\\\"\"}", "[ 1 ]", "\"x\"", "1e5", "null"}));
  EXPECT_EQ(bundle->other("type"), "\"bundle\"");
  EXPECT_EQ(bundle->other("name"), "{ \"k\" : 2 }");
  EXPECT_EQ(bundle->other("z"), "12");
  EXPECT_EQ(bundle->other("none"), "");
}

TEST(Split, PointsIntoTheBodyItWasGiven) {
  std::string const body = R"({"objects":[{},{"id":1}]})";
  auto const bundle = *split(body);
  EXPECT_EQ(bundle.elements[1].data(), body.data() + body.find("{\"id\""));
}

TEST(Split, TellsAnAbsentMemberFromAnEmptyOne) {
  EXPECT_FALSE(split("{}")->found);
  EXPECT_FALSE(split(R"({"more":false})")->found);
  EXPECT_TRUE(split(R"({"objects":[]})")->found);
  EXPECT_EQ(split(R"({"commands":[1,2]})", {.member = "commands"})->elements.size(), 2u);
}

TEST(Split, RefusesOtherShapes) {
  EXPECT_FALSE(split("[]"));
  EXPECT_FALSE(split("12"));
  EXPECT_FALSE(split(""));
  EXPECT_EQ(split(R"({"objects":{}})").error().pointer, "/objects");
  EXPECT_EQ(split(R"({"objects":[1,2,3]})", {.max_elements = 2}).error().code, ErrorCode::too_large);
}

// Every element parses to the value that stands at its place in the whole.
TEST(Split, AgreesWithParse) {
  std::string body = "{\"a\":0,\"objects\":[";
  for (int i = 0; i < 500; ++i) {
    body += (i ? ",\n  " : "") +
            ("{\"id\":" + std::to_string(i) + ", \"t\":[[\"\\\\\", \"\\\"}\"], {\"é\":{}}]}");
  }
  body += "]}";
  ASSERT_TRUE(validate_ijson(body));
  auto const whole = parse(body, body.size());
  auto const parts = split(body);
  ASSERT_EQ(parts->elements.size(), 500u);
  for (size_t i = 0; i < parts->elements.size(); ++i) {
    EXPECT_EQ(*parse(parts->elements[i], body.size()), whole->at("objects").at(i));
  }
}

// Without validation the answer may be anything, but never outside the body.
TEST(Split, StaysInsideADamagedBody) {
  std::string const sound = R"({"type":"bundle","objects":[{"id":"x","n":[1,2]},{"id":"y"}],"spec":"2.1"})";
  std::mt19937_64 random(3);
  static constexpr std::string_view octets = "{}[],:\"\\ 1\xff";
  for (int round = 0; round < 20'000; ++round) {
    std::string body = sound;
    for (auto left = 1 + random() % 3; left > 0; --left)
      body[random() % body.size()] = octets[random() % octets.size()];
    if (random() % 2) body.resize(random() % body.size());
    auto const parts = split(body);
    if (!parts) continue;
    for (auto const element : parts->elements) {
      ASSERT_GE(element.data(), body.data());
      ASSERT_LE(element.data() + element.size(), body.data() + body.size());
    }
  }
}

}  // namespace
}  // namespace comity::json
