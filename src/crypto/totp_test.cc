#include "crypto/totp.h"

#include <gtest/gtest.h>

namespace comity::crypto {
namespace {

// RFC 6238, appendix B: its secret for SHA-1, and the last six of its eight digits.
TotpSecret const published{"12345678901234567890"};

UtcTime at(int64_t second) { return UtcTime{second * 1'000'000}; }

TEST(Totp, GivesWhatTheStandardPublishes) {
  EXPECT_EQ(totp_step(published, "287082", at(59)), 1U);
  EXPECT_EQ(totp_step(published, "081804", at(1111111109)), 1111111109U / 30);
  EXPECT_EQ(totp_step(published, "050471", at(1111111111)), 1111111111U / 30);
  EXPECT_EQ(totp_step(published, "005924", at(1234567890)), 1234567890U / 30);
  EXPECT_EQ(totp_step(published, "279037", at(2000000000)), 2000000000U / 30);
}

TEST(Totp, ACodeIsOfItsStepHoweverTheClockIsOff) {
  EXPECT_EQ(totp_step(published, "287082", at(29)), 1U) << "it is early by one step";
  EXPECT_EQ(totp_step(published, "287082", at(89)), 1U) << "it is late by one step";
  EXPECT_EQ(totp_step(published, "287082", at(120)), std::nullopt);
}

TEST(Totp, WhatIsNoCodeHoldsNever) {
  for (auto const* text : {"", "28708", "2870820", "28708a", "94287082", " 287082", "287 082"})
    EXPECT_EQ(totp_step(published, text, at(59)), std::nullopt) << text;
}

TEST(Totp, TheSecretIsTypedInBase32) {
  EXPECT_EQ(base32_of(published), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  SeededEntropy entropy(7);
  EXPECT_EQ(new_totp_secret(entropy).octets.size(), 20U);
}

TEST(Verifier, IsReadAsItWasBeforeThereWereCodes) {
  Verifier const old = read_verifier("$argon2id$v=19$m=65536,t=2,p=1$salt$hash");
  EXPECT_EQ(old.password.text, "$argon2id$v=19$m=65536,t=2,p=1$salt$hash");
  EXPECT_FALSE(old.totp);
  EXPECT_EQ(write_verifier(old), old.password.text);
}

TEST(Verifier, KeepsASecretBesideTheHash) {
  Bytes const payload = write_verifier({{"$argon2id$x"}, published});
  Verifier const read = read_verifier(payload);
  EXPECT_EQ(read.password.text, "$argon2id$x");
  ASSERT_TRUE(read.totp);
  EXPECT_EQ(read.totp->octets, published.octets);
  EXPECT_FALSE(read_verifier("$argon2id$x\ntotp ?").totp) << "no base64: no password fits it either";
}

}  // namespace
}  // namespace comity::crypto
