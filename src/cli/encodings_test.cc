#include "cli/encodings.h"

#include <gtest/gtest.h>

#include "crypto/base64.h"

namespace comity::cli {
namespace {

Word word(std::string_view text) {
  auto made = Word::of(text);
  EXPECT_TRUE(made.has_value());
  return std::move(*made);
}

bool finds(std::string_view text, std::string const& bytes) { return !word(text).found_in(bytes).empty(); }

TEST(Encodings, AWordStandsPlainInAnyCase) {
  EXPECT_TRUE(finds("nightjar", R"({"name":"Operation NightJar"})"));
  EXPECT_TRUE(finds("Козодой", R"({"name":"козодой"})"));
  EXPECT_FALSE(finds("nightjar", R"({"name":"night jar"})"));
}

TEST(Encodings, AWordIsFoundBehindJsonEscapes) {
  EXPECT_TRUE(finds("nightjar", R"(\u006e\u0069ghtj\u0061r)"));
  EXPECT_TRUE(finds("Козодой", R"(\u041a\u043e\u0437\u043e\u0434\u043e\u0439)"));
  EXPECT_TRUE(finds("one/two", R"(one\/two)"));
  EXPECT_TRUE(finds("a\xf0\x9f\x90\xa6z", R"(a\ud83d\udc26z)"));
}

TEST(Encodings, AWordIsFoundBehindPercentEscapesAndBehindBoth) {
  EXPECT_TRUE(finds("nightjar", "/items?x=%6Eight%6a%61r"));
  EXPECT_TRUE(finds("nightjar", R"(\u00256Eightjar)"));
  EXPECT_TRUE(finds("nightjar", "%256Eightjar"));
}

TEST(Encodings, AWordIsFoundBackwards) { EXPECT_TRUE(finds("nightjar", "rajthgin")); }

TEST(Encodings, AWordIsFoundInBase64WhereverItBegins) {
  for (std::string const before : {"", "x", "xx", "xxx", "some text "})
    for (std::string const after : {"", "y", "yy", " and more"}) {
      EXPECT_TRUE(finds("nightjar", crypto::to_base64(before + "nightjar" + after)))
          << before << "," << after;
      EXPECT_TRUE(finds("night?>r", crypto::to_base64url(before + "night?>r" + after)))
          << before << "," << after;
      EXPECT_TRUE(finds("Nightjar", crypto::to_base64(before + "NIGHTJAR" + after)))
          << before << "," << after;
    }
}

TEST(Encodings, AWordIsFoundInHexadecimalAndUtf16) {
  EXPECT_TRUE(finds("nightjar", "6e696768746a6172"));
  EXPECT_TRUE(finds("nightjar", "6E696768746A6172"));
  EXPECT_TRUE(finds("nightjar", std::string("n\0i\0g\0h\0t\0j\0a\0r\0", 16)));
  EXPECT_TRUE(finds("nightjar", std::string("\0n\0i\0g\0h\0t\0j\0a\0r", 16)));
}

TEST(Encodings, TheFormIsNamed) {
  EXPECT_EQ(word("nightjar").found_in("a nightjar"), std::vector<std::string>{"plain"});
  EXPECT_EQ(word("nightjar").found_in("6e696768746a6172"), std::vector<std::string>{"hexadecimal"});
}

TEST(Encodings, AWordTooShortToMeanAnythingIsRefused) {
  EXPECT_FALSE(Word::of("abc").has_value());
  EXPECT_TRUE(Word::of("abcd").has_value());
}

TEST(Encodings, BytesThatAreNoTextAreSearchedToo) {
  EXPECT_TRUE(finds("nightjar", std::string("\xff\xfe\x80nightjar\xc3")));
  EXPECT_FALSE(finds("nightjar", std::string("\\u12\\ud800\\%z%4", 14)));
}

}  // namespace
}  // namespace comity::cli
