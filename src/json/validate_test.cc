#include "json/validate.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"

namespace comity::json {
namespace {

// Both readers must say the same, in the same words.
void expect_agreement(BytesView text) {
  for (auto const numbers : {Numbers::any, Numbers::integers_only}) {
    auto const parsed = parse(text, 64u << 20, numbers);
    auto const validated = validate_ijson(text, numbers);
    ASSERT_EQ(parsed.has_value(), validated.has_value()) << text.substr(0, 200);
    if (!parsed) {
      EXPECT_EQ(parsed.error().detail, validated.error().detail) << text.substr(0, 200);
      EXPECT_EQ(parsed.error().pointer, validated.error().pointer) << text.substr(0, 200);
    }
  }
}

std::string nested(size_t depth, std::string const& open, std::string const& close) {
  std::string text;
  for (size_t i = 0; i < depth; ++i) text += open;
  text += "1";
  for (size_t i = 0; i < depth; ++i) text += close;
  return text;
}

TEST(Validate, AgreesWithParseOnNames) {
  for (std::string_view const text :
       {R"({"a":1,"a":2})", R"({"a":1,"\u0061":2})", R"([{"b":{"c":1,"\u0063":1}}])", R"({"a":1,"A":2})",
        R"({"\udfff":1})", R"({"\u0000":1,"\u0000":2})", R"({"\u0000a":1,"\u0000b":2})", R"({"":1,"":2})"}) {
    expect_agreement(text);
  }
}

TEST(Validate, AgreesWithParseOnStrings) {
  for (std::string_view const text : {R"("\ud800")",
                                      R"("\udc00\ud800")",
                                      R"("\ud800x")",
                                      R"("\ud800\u0041")",
                                      R"("\ud83d\ude00")",
                                      R"("\u0000")",
                                      R"("\uFFFE")",
                                      R"("\ufdef")",
                                      R"("\udbff\udfff")",
                                      R"("\u00")",
                                      R"("\x")",
                                      "\"\x01\"",
                                      "\"\x7f\"",
                                      "\"\xff\"",
                                      "\"\xc3\"",
                                      "\"\xed\xa0\x80\"",
                                      "\"\xf4\x8f\xbf\xbf\"",
                                      "\"\xef\xbf\xbe\"",
                                      "\"\xf0\x9f\xbf\xbe\"",
                                      "\xff",
                                      "{\"a\":1}\xff",
                                      "[1]\xc3",
                                      "\"a"}) {
    expect_agreement(text);
  }
  expect_agreement(BytesView("\"\0\"", 3));
  expect_agreement("\"" + std::string(5000, 'a') + "\\ufffe\"");
  expect_agreement("\"" + std::string(5000, 'a') + "\xef\xbf\xbe\"");
}

TEST(Validate, AgreesWithParseOnNumbers) {
  for (std::string_view const text : {"1e999",
                                      "-1e999",
                                      "1e308",
                                      "1e309",
                                      "1.7976931348623158e308",
                                      "1.7976931348623159e308",
                                      "1e-999",
                                      "0e999999",
                                      "1e-99999999999",
                                      "0.0",
                                      "-0",
                                      "-0.0",
                                      "0e0",
                                      "00",
                                      "-",
                                      "+1",
                                      ".5",
                                      "1.",
                                      "1e",
                                      "1e+",
                                      "0x1",
                                      "1_0",
                                      "Infinity",
                                      "9007199254740991",
                                      "9007199254740992",
                                      "-9007199254740991",
                                      "-9007199254740992",
                                      "9223372036854775807",
                                      "9223372036854775808",
                                      "-9223372036854775808",
                                      "-9223372036854775809",
                                      "18446744073709551615",
                                      "18446744073709551616",
                                      "9007199254740993.0",
                                      "1e15"}) {
    expect_agreement(text);
  }
  expect_agreement("0." + std::string(400, '0') + "1");
  expect_agreement(std::string(400, '9'));
  for (size_t const zeros : {307u, 308u, 309u, 400u}) expect_agreement("1" + std::string(zeros, '0') + ".0");
}

TEST(Validate, AgreesWithParseOnSyntax) {
  for (std::string_view const text :
       {"",      " ",         "\n\t\r 1 \n", "\v1",     "\xef\xbb\xbf{}", "{}",    "[]",
        "{}{}",  "[] ]",      "1",           "\"a\"",   "null",           "nul",   "nulll",
        "[1,]",  "[,1]",      "{,}",         "{\"a\"}", "{\"a\":}",       "{a:1}", "{'a':1}",
        "[1 2]", "[1,2",      "{\"a\":1",    "// c\n1", "/* c */1",       "[1]]",  "}",
        "tru",   "true false"}) {
    expect_agreement(text);
  }
  expect_agreement(BytesView("1\0", 2));
  expect_agreement(BytesView("\0", 1));
}

TEST(Validate, AgreesWithParseOnDepth) {
  for (size_t const depth : {limits::json_depth - 1, limits::json_depth, limits::json_depth + 1}) {
    expect_agreement(nested(depth, "[", "]"));
    expect_agreement(nested(depth, "{\"a\":", "}"));
    expect_agreement(nested(depth / 2, "{\"a\":[", "]}"));
    expect_agreement(std::string(depth, '[') + std::string(depth, ']'));
  }
  expect_agreement(std::string(100'000, '['));
}

// Valid documents with one octet changed, cut, or doubled.
TEST(Validate, AgreesWithParseOnDamagedDocuments) {
  std::vector<std::string> const documents = {
      R"({"type":"bundle","id":"b--1","objects":[{"n":-12.5e3,"x":[true,false,null],"s":"\u00e9\ud83d\ude00é😀"}]})",
      R"([0,-0,1,9007199254740991,1e308,0.1,{"a":{"b":{"c":{"d":[]}}}},"\b\f\n\r\t\/\\\""])"};
  std::mt19937_64 random(7);
  static constexpr std::string_view octets = "{}[],:\"\\u0019abcdefED-+. \n\x80\xbf\xc3\xe2\xef\xf0\xff";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = documents[random() % documents.size()];
    for (auto left = 1 + random() % 3; left > 0; --left) {
      size_t const at = random() % text.size();
      switch (random() % 4) {
        case 0: text[at] = octets[random() % octets.size()]; break;
        case 1: text.erase(at, 1 + random() % 4); break;
        case 2: text.insert(at, 1, octets[random() % octets.size()]); break;
        case 3: text.insert(at, text.substr(random() % text.size(), random() % 20)); break;
      }
      if (text.empty()) text = " ";
    }
    expect_agreement(text);
    if (HasFatalFailure()) return;
  }
}

TEST(Validate, ReadsLargeBodiesWhole) {
  std::string text = "{\"objects\":[";
  for (int i = 0; i < 20'000; ++i)
    text += R"({"id":"x--)" + std::to_string(i) + R"(","labels":["isil","report"]},)";
  std::string const sound = text + "{}]}";
  std::string const hidden = text + R"({"tlp":1,"t\u006cp":2}]})";
  EXPECT_TRUE(validate_ijson(sound));
  EXPECT_EQ(validate_ijson(hidden).error().pointer, "/objects/20000/tlp");
}

TEST(Validate, RefusesBodiesBeyondTheLimit) {
  EXPECT_EQ(validate_ijson(std::string(limits::request_body_bytes + 1, ' ')).error().code,
            ErrorCode::too_large);
}

}  // namespace
}  // namespace comity::json
