#include "json/json.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "json/validate.h"

namespace comity::json {
namespace {

std::string nested(size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

Error refused(BytesView text, Numbers numbers = Numbers::any) {
  auto const value = parse(text, 1u << 20, numbers);
  if (value) ADD_FAILURE() << "accepted: " << text;
  return value ? Error{} : value.error();
}

// Reads and writes again.
std::string rewritten(BytesView text, Numbers numbers = Numbers::any) {
  auto const value = parse(text, 1u << 20, numbers);
  return value ? write(*value) : "refused: " + value.error().detail;
}

TEST(Json, WritesCompactTextInTheOrderRead) {
  EXPECT_EQ(rewritten(" { \"b\" : [ 1 , true , null , \"x\" ] , \"a\" : { } , \"c\" : [ ] } "),
            R"({"b":[1,true,null,"x"],"a":{},"c":[]})");
  EXPECT_EQ(rewritten("\"\\u0041\\/\\n\\u001f\\u00e9\""), "\"A/\\n\\u001f\u00e9\"");
  EXPECT_EQ(rewritten("[38.9,-0.0,1E2,1e-400]"), "[38.9,0,100,0]");
  EXPECT_EQ(rewritten("[1e20,-9007199254740993.0,1e300]"), "[1e+20,-9.007199254740992e+15,1e+300]");
}

TEST(Json, ReadsWhatItWrote) {
  std::string const text = R"({"lat":38.8895,"n":-9007199254740991,"s":"\u0000\"\\\u007f","o":{"k":[{}]}})";
  auto const once = parse(text, 1u << 20, Numbers::any);
  ASSERT_TRUE(once);
  EXPECT_EQ(*parse(write(*once), 1u << 20, Numbers::any), *once);
}

TEST(Json, RefusesTheSameNameTwiceHoweverItIsWritten) {
  EXPECT_EQ(refused(R"({"a":1,"a":2})").detail, "not I-JSON: two members of one name");
  EXPECT_EQ(refused(R"({"x":[0,{"a":1,"\u0061":2}]})").pointer, "/x/1/a");
  EXPECT_EQ(refused(R"({"a/b":{"é":1,"\u00e9":2}})").pointer, "/a~1b/é");
  EXPECT_EQ(refused(R"({"😀":1,"\ud83d\ude00":2})").pointer, "/😀");
  EXPECT_EQ(refused(R"({"":1,"":2})").pointer, "/");
  EXPECT_EQ(rewritten(R"({"a":{"a":{"a":1}},"A":1})"), R"({"a":{"a":{"a":1}},"A":1})");
}

TEST(Json, FindsARepeatedNameAmongMany) {
  std::string text = "{\"n7\":0";
  for (int i = 0; i < 100; ++i) text += ",\"n" + std::to_string(i) + "\":0";
  EXPECT_EQ(refused(text + "}").pointer, "/n7");
}

TEST(Json, TakesIntegersThatADoubleHoldsExactly) {
  EXPECT_EQ(rewritten("[9007199254740991,-9007199254740991,-0]", Numbers::integers_only),
            "[9007199254740991,-9007199254740991,0]");
  for (auto const* text :
       {"[9007199254740992]", "[-9007199254740992]", "[18446744073709551615]", "[9223372036854775808]",
        "[123456789012345678901234567890]", "[-123456789012345678901234567890]"}) {
    EXPECT_EQ(refused(text).detail, "not I-JSON: an integer beyond 2^53-1 either way") << text;
    EXPECT_EQ(refused(text).pointer, "/0") << text;
  }
}

TEST(Json, FormsHaveIntegersOnly) {
  for (auto const* text : {"1.5", "1.0", "1e2", "0e0", "-0.0"}) {
    EXPECT_EQ(refused(text, Numbers::integers_only).detail,
              "not I-JSON: a point or an exponent, where only integers are taken")
        << text;
  }
}

TEST(Json, RefusesNumbersBeyondADouble) {
  for (auto const* text : {"1e999", "-1e999", "1.7976931348623159e308", "1e308000"}) {
    EXPECT_EQ(refused(text).detail, "not I-JSON: a number beyond the range of a double") << text;
  }
  EXPECT_DOUBLE_EQ(parse("1.7976931348623157e308", 99, Numbers::any)->as_double(), 1.7976931348623157e308);
}

TEST(Json, ReadsTheNearestDouble) {  // Boost.JSON's own reading is one bit off here
  EXPECT_EQ(parse("9007199254740993.0", 99, Numbers::any)->as_double(), 9007199254740992.0);
  EXPECT_EQ(parse("2.2250738585072011e-308", 99, Numbers::any)->as_double(), 2.2250738585072011e-308);
  EXPECT_EQ(parse("7.2057594037927933e+16", 99, Numbers::any)->as_double(), 72057594037927936.0);
}

TEST(Json, RefusesWhatIsNotUnicodeText) {
  refused("\"\xff\""), refused("\"\xc0\x80\""), refused("\"\xed\xa0\x80\""), refused("\"\xf4\x90\x80\x80\"");
  refused(R"("\ud800")"), refused(R"("\udc00")"), refused(R"("\ud800\ud800")"), refused(R"({"\ud800":1})");
  EXPECT_EQ(refused("\"\\uffff\"").detail, "not I-JSON: a noncharacter in a string");
  EXPECT_EQ(refused("\"\xef\xb7\x90\"").detail, "not I-JSON: a noncharacter in a string");
  EXPECT_EQ(refused(R"(["\ud83f\udffe"])").pointer, "/0");
  EXPECT_EQ(refused(R"({"\ufdd0":1})").detail, "not I-JSON: a noncharacter in a name");
  EXPECT_EQ(rewritten("[\"\xef\xbf\xbd\xef\xb7\x8f\"]"), "[\"\xef\xbf\xbd\xef\xb7\x8f\"]");
}

TEST(Json, RefusesWhatIsNotOneValue) {
  refused(""), refused(" "), refused("1 2"), refused("{}x"), refused("[1,]"), refused("{\"a\":1,}"),
      refused("/**/1");
  refused("\xef\xbb\xbf{}"), refused(std::string_view("1\0", 2)), refused("\"\n\""), refused("NaN"),
      refused("01");
  EXPECT_EQ(refused("{\"a\":tru}").detail.substr(0, 9), "not JSON:");
  EXPECT_EQ(refused("{\"a\":{\"b\":?}}").pointer, "/a/b");
  EXPECT_NE(refused("[1,2 3]").detail.find("at byte 5"), std::string::npos) << refused("[1,2 3]").detail;
}

TEST(Json, ReadsALimitedDepthAndSize) {
  EXPECT_EQ(rewritten(nested(limits::json_depth)), nested(limits::json_depth));
  EXPECT_EQ(refused(nested(limits::json_depth + 1)).detail, "not I-JSON: nested more than 32 deep");
  refused(std::string(100'000, '['));
  EXPECT_EQ(parse("[1,2]", 4).error().code, ErrorCode::too_large);
  EXPECT_TRUE(parse("[1,2]", 5));
}

// A small text of many values would take gigabytes.
TEST(Json, ALongTextOfTooManyValuesIsTooLarge) {
  Bytes many = "[0";
  for (size_t i = 0; i < limits::json_values; ++i) many += ",0";
  auto const more = parse(many + ",0]", many.size() + 10);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, ErrorCode::too_large);
  EXPECT_TRUE(parse(many + "]", many.size() + 10));
}

}  // namespace
}  // namespace comity::json
