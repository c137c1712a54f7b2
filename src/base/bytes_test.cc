#include "base/bytes.h"

#include <gtest/gtest.h>

namespace comity {
namespace {

TEST(Hex, writes_two_lower_case_digits_for_an_octet) {
  EXPECT_EQ(to_hex(BytesView("\x00\x7f\xff", 3)), "007fff");
  EXPECT_EQ(to_hex(BytesView()), "");
}

TEST(Hex, of_a_digest_reads_back) {
  Digest digest;
  for (size_t i = 0; i < digest.octets.size(); ++i) digest.octets[i] = static_cast<uint8_t>(i * 37);
  Digest read;
  EXPECT_TRUE(from_hex(to_hex(digest), read));
  EXPECT_EQ(read, digest);
}

TEST(Hex, reads_both_cases) {
  Digest lower, upper;
  EXPECT_TRUE(from_hex(std::string(64, 'a'), lower));
  EXPECT_TRUE(from_hex(std::string(64, 'A'), upper));
  EXPECT_EQ(lower, upper);
}

TEST(Hex, that_is_not_a_digest_gives_none) {
  for (std::string const& text : {std::string(), std::string(63, '1'), std::string(65, '1'),
                                  std::string(63, '1') + 'g', std::string(64, ' ')}) {
    Digest read = Digest::from("left over from before");
    EXPECT_FALSE(from_hex(text, read)) << text;
    EXPECT_TRUE(read.is_none()) << text;
  }
}

TEST(Digests, order_by_their_octets) {
  EXPECT_LT(Digest::from("a"), Digest::from("b"));
  EXPECT_LT(Digest::from("a"), Digest::from("aa"));
  EXPECT_LT(Digest::from("\x7f"), Digest::from("\x80"));  // octets have no sign
}

TEST(Digests, take_32_octets_of_what_they_are_given) {
  EXPECT_EQ(Digest::from("ab").view(), BytesView("ab" + std::string(30, '\0')));
  EXPECT_EQ(Digest::from(std::string(40, 'x')).view(), BytesView(std::string(32, 'x')));
  EXPECT_TRUE(Digest::from("").is_none());
}

}  // namespace
}  // namespace comity
