#include "merkle/record_hash.h"

#include <gtest/gtest.h>

#include "merkle/leaf.h"

namespace comity::merkle {
namespace {

Digest filled(int octet) { return Digest::from(Bytes(32, static_cast<char>(octet))); }

// The hash list of a record with three parts and one entry of padding.
std::vector<Digest> three_parts() {
  std::vector<Digest> const padding = {filled(0xaa)};
  return hash_list({part_hash(filled(1), "envelope"), part_hash(filled(2), ""),
                    part_hash(filled(3), BytesView("\0\1\2", 3))},
                   padding);
}

// These bytes are for ever: computed apart, with another implementation of SHA-256.
TEST(RecordHash, GoldenValuesOfThreeParts) {
  auto const list = three_parts();
  EXPECT_EQ(to_hex(list[0]), "d4ee988819627fea0a900fe6603234a009c95b05a4a6994a9ff6a12d31af6621");
  EXPECT_EQ(to_hex(list[1]), "75877bb41d393b5fb8455ce60ecd8dda001d06316496b14dfa7f895656eeca4a");
  EXPECT_EQ(to_hex(list[2]), "95bfaf74c2371a61961eea3138ac3e99ef03be7fc93ebd715bcf8351ca7a5cb2");
  EXPECT_EQ(list[3], filled(0xaa));
  auto const hash = record_hash(list);
  EXPECT_EQ(to_hex(hash), "bcacd1d04fed0038257b23a537efeec3d10f3047c383fd771b54df39cce83935");
  EXPECT_EQ(to_hex(leaf_data(hash)), "01bcacd1d04fed0038257b23a537efeec3d10f3047c383fd771b54df39cce83935");
  EXPECT_EQ(to_hex(leaf_hash(hash)), "e2b2f0b23d101c8bf1f5878a717fa145aa9aa5f3675a6a250a6e58dc978642d1");
}

TEST(RecordHash, GoldenValuesOfFiveParts) {
  std::vector<Digest> parts, padding;
  for (int i = 0; i < 5; ++i)
    parts.push_back(part_hash(filled(i), Bytes(static_cast<size_t>(i), static_cast<char>(i))));
  for (int i = 0; i < 11; ++i) padding.push_back(filled(0xc0 + i));
  auto const hash = record_hash(hash_list(parts, padding));
  EXPECT_EQ(to_hex(hash), "f8b651c50f293de1dd0008dc29e89f6d888d1d027ce01bfa42b2e3e4ad07c449");
  EXPECT_EQ(to_hex(leaf_hash(hash)), "327d359c68734844bb97ceb530ae27441b5a75bfa958c3adfd839a977f34913b");
}

TEST(RecordHash, PaddedToPowersOfFour) {
  EXPECT_EQ(padded_count(0), 4u);
  EXPECT_EQ(padded_count(4), 4u);
  EXPECT_EQ(padded_count(5), 16u);
  EXPECT_EQ(padded_count(16), 16u);
  EXPECT_EQ(padded_count(17), 64u);
  EXPECT_EQ(padded_count(65), 256u);
}

// A recipient of the second part checks it with the salt and the other entries, and nothing else.
TEST(RecordHash, OnePartIsProvableAlone) {
  auto const hash = record_hash(three_parts());
  std::vector<Digest> siblings = three_parts();
  siblings[1] = part_hash(filled(2), "");
  EXPECT_EQ(record_hash(siblings), hash);
  siblings[1] = part_hash(filled(2), "x");
  EXPECT_NE(record_hash(siblings), hash);
  siblings[1] = part_hash(filled(4), "");
  EXPECT_NE(record_hash(siblings), hash);
}

TEST(RecordHash, PlaceInTheListCounts) {
  auto swapped = three_parts();
  std::swap(swapped[0], swapped[1]);
  EXPECT_NE(record_hash(swapped), record_hash(three_parts()));
}

TEST(RecordHashDeathTest, AListOfAnotherLengthIsABug) {
  std::vector<Digest> const five(5);
  EXPECT_DEATH(record_hash(five), "padded_count");
  EXPECT_DEATH(hash_list({filled(1)}, five), "padded_count");
}

}  // namespace
}  // namespace comity::merkle
