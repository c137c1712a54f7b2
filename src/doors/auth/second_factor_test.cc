#include "doors/auth/second_factor.h"

#include <gtest/gtest.h>

namespace comity::auth {
namespace {

// RFC 6238, appendix B, as crypto/totp_test.cc: these are of steps 37037036 and 37037037.
crypto::TotpSecret const secret{"12345678901234567890"};
UtcTime const first{1'111'111'109'000'000}, second{1'111'111'111'000'000};

TEST(SecondFactors, ACodeCountsOnce) {
  SecondFactors codes(first - hours(1));
  EXPECT_FALSE(codes.take(1, secret, "000000", first));
  EXPECT_TRUE(codes.take(1, secret, "081804", first));
  EXPECT_FALSE(codes.take(1, secret, "081804", first));
  EXPECT_TRUE(codes.take(2, secret, "081804", first)) << "of each person";
}

TEST(SecondFactors, NoneIsTakenAfterALaterOne) {
  SecondFactors codes(first - hours(1));
  EXPECT_TRUE(codes.take(1, secret, "050471", second));
  EXPECT_FALSE(codes.take(1, secret, "081804", second)) << "it would hold, a step late";
}

TEST(SecondFactors, NoneOfBeforeTheStartIsTaken) {
  SecondFactors codes(first);
  EXPECT_FALSE(codes.take(1, secret, "081804", first)) << "it may have been used before a restart";
  EXPECT_TRUE(codes.take(1, secret, "050471", second));
}

}  // namespace
}  // namespace comity::auth
