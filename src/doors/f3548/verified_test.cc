#include "doors/f3548/verified.h"

#include <gtest/gtest.h>

#include "base/seam.h"

namespace comity::f3548 {
namespace {

constexpr UtcTime now{1'000'000'000'000};

class Remembered : public testing::Test {
 protected:
  SeededEntropy entropy_{1};
  Verified verified_{entropy_, {}};
};

TEST_F(Remembered, is_found_until_it_is_over) {
  verified_.enrolled("a token", {"alder", forms::scope::sc, now + hours(1), ClientKey(0u), OfficeKey(0u)});
  ASSERT_TRUE(verified_.find("a token", now));
  EXPECT_EQ(verified_.find("a token", now)->subject, "alder");
  EXPECT_FALSE(verified_.find("another", now));
  EXPECT_FALSE(verified_.find("a token", now + hours(1)));
}

// A request that was verified by a key, and enrols its subject while that key is taken away.
TEST_F(Remembered, does_not_come_back_by_a_key_that_is_gone) {
  Caller const caller{"alder", forms::scope::sc, now + hours(1), ClientKey(0u), OfficeKey(0u)};
  verified_.enrolled("a token", caller);
  auto const before = verified_.find("a token", now);
  ASSERT_TRUE(before);
  verified_.trust({});
  EXPECT_FALSE(verified_.find("a token", now));
  verified_.enrolled("a token", *before);
  EXPECT_FALSE(verified_.find("a token", now)) << "nor once its request has come so far";
}

}  // namespace
}  // namespace comity::f3548
