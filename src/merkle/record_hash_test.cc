#include "merkle/record_hash.h"

#include <gtest/gtest.h>

#include "merkle/leaf.h"
#include "merkle/tree.h"

namespace comity::merkle {
namespace {

Digest filled(int octet) { return Digest::from(Bytes(32, static_cast<char>(octet))); }

Digest const seed = filled(0xaa);

// A record without a sealed part, of which nobody was told.
RecordList quiet() {
  return {part_hash(filled(1), "envelope"), part_hash(filled(2), ""),
          filler(seed, Place::sealed),      part_hash(filled(3), BytesView("\0\1\2", 3)),
          part_hash(filled(4), "effects"),  told_root(seed, {})};
}

std::vector<ToldHash> three_told() {
  return {{7, part_hash(filled(5), "to some")},
          {8, part_hash(filled(6), "to others")},
          {65'535, part_hash(filled(7), "")}};
}

// These bytes are for ever: computed apart, with another implementation of SHA-256 and of the tree.
TEST(RecordHash, GoldenValues) {
  RecordList list = quiet();
  EXPECT_EQ(to_hex(list[0]), "d4ee988819627fea0a900fe6603234a009c95b05a4a6994a9ff6a12d31af6621");
  EXPECT_EQ(to_hex(list[2]), "d0a510f450089339661769a66c94ffa885f81bc496683ef5c4cd848cc8bd3d5d");
  EXPECT_EQ(to_hex(list[5]), "138bfa6e551fc30278bc7927e81151b15ac5135596b87ec716d73b19e048b40f");
  auto const hash = record_hash(list);
  EXPECT_EQ(to_hex(hash), "14575f822bfb0aff6a1540d5232e9ddf0b55ad80842783b89131740d8ef4289f");
  EXPECT_EQ(to_hex(leaf_data(hash)), "0114575f822bfb0aff6a1540d5232e9ddf0b55ad80842783b89131740d8ef4289f");
  EXPECT_EQ(to_hex(leaf_hash(hash)), "439b029b51a6f88e3c6f1917337e1ae4af507509b7b157ec4b8c3224d23cffac");
  list[5] = told_root(seed, three_told());
  EXPECT_EQ(to_hex(list[5]), "3f489527d892eb9030810ca746a561dd7a1e0d296bfbdfee3bdfac8f9d63df0a");
  EXPECT_EQ(to_hex(record_hash(list)), "06df8624c30ace0a60d96f0d14e36a2804f052b7aa3fe96f09871bc98e3a5222");
}

// A reader of the second part checks it with the salt and the other entries, and nothing else.
TEST(RecordHash, OnePartIsProvableAlone) {
  auto const hash = record_hash(quiet());
  RecordList list = quiet();
  list[1] = part_hash(filled(2), "x");
  EXPECT_NE(record_hash(list), hash);
  list[1] = part_hash(filled(4), "");
  EXPECT_NE(record_hash(list), hash);
  list[1] = part_hash(filled(2), "");
  EXPECT_EQ(record_hash(list), hash);
  std::swap(list[0], list[1]);
  EXPECT_NE(record_hash(list), hash);
}

// Sixteen hashes lead from a told part to the root: of one that is told alone, all of them fillers.
TEST(RecordHash, AToldPartIsProvableAlone) {
  Digest const mine = part_hash(filled(5), "to some");
  Digest node = mine;
  for (unsigned level = 0; level < told_levels; ++level) {
    uint32_t const place = 7u >> level, sibling = place ^ 1;
    Digest const beside =
        part_hash(seed, Bytes{static_cast<char>(level), 0, 0, 0, static_cast<char>(sibling)});
    node = place % 2 == 0 ? node_hash(node, beside) : node_hash(beside, node);
  }
  std::vector<ToldHash> const alone = {{7, mine}};
  EXPECT_EQ(node, told_root(seed, alone));
}

TEST(RecordHash, NothingDistinguishesAFillerFromARoot) {
  EXPECT_NE(told_root(seed, {}), told_root(filled(0xab), {}));
  EXPECT_NE(told_root(seed, three_told()), told_root(filled(0xab), three_told()));
}

TEST(RecordHashDeathTest, TwoPartsAtOnePlaceAreABug) {
  std::vector<ToldHash> const twice = {{7, filled(1)}, {7, filled(2)}};
  EXPECT_DEATH(told_root(seed, twice), "parts.size");
  std::vector<ToldHash> const outside = {{told_places, filled(1)}};
  EXPECT_DEATH(told_root(seed, outside), "told_places");
}

}  // namespace
}  // namespace comity::merkle
