#include "crypto/sha256.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace comity::crypto {
namespace {

SymmetricKey counting_key() {
  Bytes octets;
  for (char c = 0; c < 32; ++c) octets.push_back(c);
  return *SymmetricKey::from(octets);
}

TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, HashesInPiecesAndStartsAnew) {
  Sha256 hash;
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(hash.update("a").update("").update("bc").finish(), sha256("abc"));
  }
  EXPECT_EQ(hash.finish(), sha256(""));
}

TEST(Sha256, EachThreadHasItsOwnContext) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int j = 0; j < 500; ++j) {
        EXPECT_EQ(sha256("abc").octets[0], 0xba);
        EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?").octets[0], 0x5b);
      }
    });
  }
}

// RFC 4231, cases 2 and 6; and nothing with nothing.
TEST(Hmac, KnownAnswers) {
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(to_hex(hmac_sha256("", "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hmac, AnEmptyKeyIsNotTheKeyOfLastTime) {
  hmac_sha256("another", "x");
  EXPECT_EQ(to_hex(hmac_sha256("", "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  EXPECT_EQ(to_hex(hmac_sha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hmac, OfAKeyOfTheCentreIsTheSame) {
  SeededEntropy entropy(3);
  std::vector<SymmetricKey> keys;  // more than are kept
  for (int i = 0; i < 20; ++i) keys.push_back(SymmetricKey::generate(entropy));
  for (int round = 0; round < 3; ++round)
    for (auto const& key : keys)
      for (size_t size : {0, 1, 55, 64, 1'000})
        EXPECT_EQ(hmac_under(key, Bytes(size, 'x')), hmac_sha256(key.view(), Bytes(size, 'x')));
}

// Computed apart, with another implementation: HMAC of 8-octet lengths and parts.
TEST(Prf, GoldenValues) {
  EXPECT_EQ(to_hex(prf(counting_key(), "purpose")),
            "eb7d8f7cd8e03004eb564cca80c8eeb03dfeba45c03c0eab2ff3e22f4497bc21");
  EXPECT_EQ(to_hex(prf(counting_key(), "purpose", "ab", std::string("c"), 7u)),
            "74fac89dbf2887cd6002bdff0ecbe4305d44d18a725e54fe92458a1e3b2a7d2b");
}

TEST(Prf, DifferentListsNeverMeet) {
  auto const key = counting_key();
  std::vector<Digest> const all = {prf(key, "p"),
                                   prf(key, "p", ""),
                                   prf(key, "p", "", ""),
                                   prf(key, "p", "ab", "c"),
                                   prf(key, "p", "a", "bc"),
                                   prf(key, "p", "abc"),
                                   prf(key, "pa", "bc"),
                                   prf(key, "", "p"),
                                   prf(key, "p", sha256("")),
                                   prf(key, "p", 0u)};
  for (size_t i = 0; i < all.size(); ++i) {
    for (size_t j = 0; j < i; ++j) EXPECT_NE(all[i], all[j]) << i << " " << j;
  }
  EXPECT_EQ(prf(key, "p", uint8_t{5}), prf(key, "p", uint64_t{5}));
}

TEST(SymmetricKey, Has32Octets) {
  EXPECT_FALSE(SymmetricKey::from("short"));
  EXPECT_FALSE(SymmetricKey::from(Bytes(33, 'x')));
  SeededEntropy one(1), same(1), other(2);
  EXPECT_EQ(SymmetricKey::generate(one).view(), SymmetricKey::generate(same).view());
  EXPECT_NE(SymmetricKey::generate(one).view(), SymmetricKey::generate(other).view());
}

}  // namespace
}  // namespace comity::crypto
