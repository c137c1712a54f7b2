#include "json/canonical.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <random>

namespace comity::json {
namespace {

std::string canonical_of(BytesView text) {
  auto const result = canonical_text(text, 1u << 20, Numbers::any);
  return result ? *result : "refused: " + result.error().detail;
}

std::string number(uint64_t bits) { return *canonical(Value(std::bit_cast<double>(bits))); }

// RFC 8785, appendix B.
TEST(Canonical, NumbersOfTheRfc) {
  EXPECT_EQ(number(0x0000000000000000), "0");
  EXPECT_EQ(number(0x8000000000000000), "0");
  EXPECT_EQ(number(0x0000000000000001), "5e-324");
  EXPECT_EQ(number(0x8000000000000001), "-5e-324");
  EXPECT_EQ(number(0x7fefffffffffffff), "1.7976931348623157e+308");
  EXPECT_EQ(number(0xffefffffffffffff), "-1.7976931348623157e+308");
  EXPECT_EQ(number(0x4340000000000000), "9007199254740992");
  EXPECT_EQ(number(0xc340000000000000), "-9007199254740992");
  EXPECT_EQ(number(0x4430000000000000), "295147905179352830000");
  EXPECT_EQ(number(0x44b52d02c7e14af5), "9.999999999999997e+22");
  EXPECT_EQ(number(0x44b52d02c7e14af6), "1e+23");
  EXPECT_EQ(number(0x44b52d02c7e14af7), "1.0000000000000001e+23");
  EXPECT_EQ(number(0x444b1ae4d6e2ef4e), "999999999999999700000");
  EXPECT_EQ(number(0x444b1ae4d6e2ef4f), "999999999999999900000");
  EXPECT_EQ(number(0x444b1ae4d6e2ef50), "1e+21");
  EXPECT_EQ(number(0x3eb0c6f7a0b5ed8c), "9.999999999999997e-7");
  EXPECT_EQ(number(0x3eb0c6f7a0b5ed8d), "0.000001");
  EXPECT_EQ(number(0x41b3de4355555553), "333333333.3333332");
  EXPECT_EQ(number(0x41b3de4355555554), "333333333.33333325");
  EXPECT_EQ(number(0x41b3de4355555555), "333333333.3333333");
  EXPECT_EQ(number(0x41b3de4355555556), "333333333.3333334");
  EXPECT_EQ(number(0x41b3de4355555557), "333333333.33333343");
  EXPECT_EQ(number(0xbecbf647612f3696), "-0.0000033333333333333333");
  EXPECT_EQ(number(0x43143ff3c1cb0959), "1424953923781206.2");
}

TEST(Canonical, RefusesWhatHasNoCanonicalForm) {
  EXPECT_FALSE(canonical(Value(std::numeric_limits<double>::infinity())));
  EXPECT_FALSE(canonical(Value(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_EQ(canonical(Array{0, int64_t{1} << 53}).error().pointer, "/1");
  EXPECT_FALSE(canonical(Value(UINT64_MAX)));
  EXPECT_EQ(canonical(Object{{"a", Object{{"b", "\xff"}}}}).error().pointer, "/a/b");
  EXPECT_FALSE(canonical(Object{{"\xff", 1}}));
  Value deep = 1;
  for (int i = 0; i < 40; ++i) deep = Array{std::move(deep)};
  EXPECT_FALSE(canonical(deep));
}

// RFC 8785, 3.2.2 and 3.2.3.
TEST(Canonical, DocumentsOfTheRfc) {
  EXPECT_EQ(canonical_of(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]})"),
            R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
            R"("string":"€$\u000f\nA'B\"\\\\\"/"})");
  EXPECT_EQ(
      canonical_of(R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
    "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})"),
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
      "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
      "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(Canonical, SortsShorterNamesFirstAtEveryDepth) {
  EXPECT_EQ(canonical_of(R"({"ab":1,"a":{"c":1,"b":[{"z":1,"y":2}]},"":0})"),
            R"({"":0,"a":{"b":[{"y":2,"z":1}],"c":1},"ab":1})");
  EXPECT_EQ(canonical_of("{\"\ue000\":1,\"😀\":2,\"\ud7ff\":3,\"\uffee\":4}"),
            "{\"\ud7ff\":3,\"😀\":2,\"\ue000\":1,\"\uffee\":4}");
}

TEST(Canonical, OneValueHasOneText) {
  EXPECT_EQ(canonical_of(R"({"a":1e0,"b":-0.0,"c":"\u0061"})"), canonical_of(R"({ "c":"a", "b":0, "a":1 })"));
  EXPECT_EQ(canonical_text("{\"a\":1,\"a\":1}", 99).error().pointer, "/a");
  EXPECT_FALSE(canonical_text("1.5", 99));
}

TEST(Canonical, WithoutSomeMembersIsAsIfTheyWereNotThere) {
  constexpr std::string_view out[] = {"b", "id", "zz"};
  for (char const* text :
       {"{}", R"({"b":1})", R"({"a":1})", R"({"b":[{"id":1}],"a":{"b":2},"id":"x","c":[]})",
        R"({"zz":{},"d":{"zz":0},"b":0,"id":0})"}) {
    auto const value = *parse(text, 999, Numbers::any);
    auto without = value.get_object();
    for (auto const name : out) without.erase(name);
    auto const pair = canonical_without(value.get_object(), out);
    EXPECT_EQ(pair->whole, *canonical(value));
    EXPECT_EQ(pair->rest, *canonical(without));
  }
  EXPECT_EQ(canonical_without(Object{{"a", 1}, {"b", Array{0, "\xff"}}}, out).error().pointer, "/b/1");
}

TEST(Canonical, IsItsOwnCanonicalForm) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 20'000; ++i) {
    double const any = std::bit_cast<double>(random());
    if (!std::isfinite(any)) continue;
    std::string const once = *canonical(Value(any));
    auto const read = parse(once, 99, Numbers::any);
    if (!read)
      continue;  // a whole number beyond 2^53-1 is printed without a point, so I-JSON does not take it back
    EXPECT_EQ(read->to_number<double>(), any == 0 ? 0 : any);
    EXPECT_EQ(*canonical(*read), once);
  }
}

}  // namespace
}  // namespace comity::json
