#include "crypto/ed25519.h"

#include <gtest/gtest.h>

namespace comity::crypto {
namespace {

Bytes unhex(std::string_view text) {
  Bytes bytes;
  for (size_t i = 0; i < text.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

// RFC 8032, 7.1, test 2.
TEST(Ed25519, KnownAnswer) {
  auto const key =
      *SecretKey::from_seed(unhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  EXPECT_EQ(to_hex(key.public_key().view()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(to_hex(key.sign("\x72").view()),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_TRUE(verify(key.public_key(), "\x72", key.sign("\x72")));
  EXPECT_EQ(key_id(key.public_key()), "ed25519:39f713d0a644253f");
}

TEST(Ed25519, ASignatureHoldsForOneKeyAndOneMessage) {
  SeededEntropy entropy(5);
  auto const key = SecretKey::generate(entropy), other = SecretKey::generate(entropy);
  auto const signature = key.sign("message");
  EXPECT_TRUE(verify(key.public_key(), "message", signature));
  EXPECT_FALSE(verify(key.public_key(), "massage", signature));
  EXPECT_FALSE(verify(other.public_key(), "message", signature));
  EXPECT_FALSE(verify(key.public_key(), "message", Signature{}));
  for (size_t i = 0; i < 64; ++i) {
    auto broken = signature;
    broken.octets[i] ^= 1;
    EXPECT_FALSE(verify(key.public_key(), "message", broken)) << i;
  }
}

// Adding the order of the group to the second half gives the same equation; it must not give a second signature.
TEST(Ed25519, ASignatureHasNoTwin) {
  SeededEntropy entropy(6);
  auto const key = SecretKey::generate(entropy);
  Bytes const order = unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  auto twin = key.sign("message");
  int carry = 0;
  for (size_t i = 0; i < 32; ++i) {
    carry += twin.octets[32 + i] + static_cast<uint8_t>(order[i]);
    twin.octets[32 + i] = static_cast<uint8_t>(carry);
    carry >>= 8;
  }
  EXPECT_FALSE(verify(key.public_key(), "message", twin));
}

// With the neutral element as key, a signature of zeros would hold for every message.
TEST(Ed25519, KeysOfSmallOrderVerifyNothing) {
  PublicKey neutral;
  neutral.octets[0] = 1;
  Signature forged;
  forged.octets[0] = 1;
  EXPECT_FALSE(verify(neutral, "anything", forged));
  EXPECT_FALSE(verify(PublicKey{}, "anything", forged));
}

TEST(Ed25519, LengthsAreExact) {
  EXPECT_FALSE(SecretKey::from_seed(Bytes(31, 'x')));
  EXPECT_FALSE(PublicKey::from(Bytes(33, 'x')));
  EXPECT_FALSE(Signature::from(""));
  EXPECT_EQ(PublicKey::from(Bytes(32, 'x'))->view(), Bytes(32, 'x'));
}

TEST(Ed25519, KeepsItsSeed) {
  SeededEntropy entropy(7);
  auto const key = SecretKey::generate(entropy);
  EXPECT_EQ(SecretKey::from_seed(key.seed())->public_key(), key.public_key());
}

}  // namespace
}  // namespace comity::crypto
