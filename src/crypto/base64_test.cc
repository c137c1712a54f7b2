#include "crypto/base64.h"

#include <gtest/gtest.h>

namespace comity::crypto {

// RFC 4648, 10.
TEST(Base64, KnownAnswers) {
  std::pair<char const*, char const*> const known[] = {
      {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
  for (auto const& [bytes, text] : known) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  EXPECT_EQ(to_base64("\xfb\xff\xfe"), "+//+");
  EXPECT_EQ(to_base64url("\xfb\xff\xfe\xff"), "-__-_w");
}

TEST(Base64, EveryLengthComesBack) {
  Bytes bytes;
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    bytes.push_back(static_cast<char>(i * 37));
  }
}

TEST(Base64, OneTextPerOctets) {
  for (std::string_view const text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9", "Zm9v\n", " Zm9v", "Zm 9v", "Z",
                                      "=", "Zm9v=", "-_-_", "Zg==Zg=="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
  for (std::string_view const text : {"Zg==", "Zm8=", "Zh", "+/+/", "Zm9v\n", "Z", "Zm9vY"}) {
    EXPECT_FALSE(from_base64url(text)) << text;
  }
  EXPECT_FALSE(from_base64(std::string_view("Zm9v\0", 5)));
}

TEST(Base64, NoOtherOctetIsALetter) {
  for (int octet = 0; octet < 256; ++octet) {
    std::string const text = std::string("Zm9") + static_cast<char>(octet);
    auto const bytes = from_base64(text), url = from_base64url(text);
    EXPECT_TRUE(!bytes || to_base64(*bytes) == text) << octet;
    EXPECT_TRUE(!url || to_base64url(*url) == text) << octet;
  }
}

}  // namespace comity::crypto
