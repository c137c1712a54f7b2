#include "journal/payload_cache.h"

#include <gtest/gtest.h>

namespace comity::journal {
namespace {

TEST(PayloadCache, TheOneNotUsedForLongestMakesRoom) {
  PayloadCache cache(3'000);
  Bytes const bytes(800, 'x');
  for (PayloadKey key : {1, 2, 3}) cache.put(key, bytes, 0);
  EXPECT_TRUE(cache.get(1));
  cache.put(4, bytes, 0);
  EXPECT_TRUE(cache.get(1));
  EXPECT_FALSE(cache.get(2));
  EXPECT_TRUE(cache.get(3));
  EXPECT_TRUE(cache.get(4));
}

TEST(PayloadCache, WhatIsTooLargeIsNotKept) {
  PayloadCache cache(1'000);
  cache.put(1, "small", 0);
  cache.put(2, Bytes(1'000, 'x'), 0);
  EXPECT_TRUE(cache.get(1));
  EXPECT_FALSE(cache.get(2));
}

TEST(PayloadCache, ADestroyedPayloadDoesNotComeBackThroughASlowReader) {
  PayloadCache cache(1'000);
  uint64_t const epoch = cache.epoch();  // a reader begins
  cache.destroy(1);
  cache.put(1, "read before", epoch);  // and ends
  EXPECT_FALSE(cache.get(1));
  cache.put(2, "read after", cache.epoch());
  EXPECT_TRUE(cache.get(2));
}

}  // namespace
}  // namespace comity::journal
