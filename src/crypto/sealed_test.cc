#include "crypto/sealed.h"

#include <gtest/gtest.h>

#include <set>

#include "crypto/base64.h"

namespace comity::crypto {
namespace {

class Sealed : public testing::Test {
 protected:
  SeededEntropy entropy_{9};
  SymmetricKey key_ = SymmetricKey::generate(entropy_);
  SymmetricKey other_ = SymmetricKey::generate(entropy_);
  TokenContext cursor_{"cursor/il"};
};

TEST_F(Sealed, WhatWasSealedComesOut) {
  for (size_t size : {0u, 1u, 31u, 32u, 33u, 500u}) {
    Bytes const content(size, '\x80');
    EXPECT_EQ(open(key_, cursor_, seal(key_, cursor_, content)), content) << size;
  }
}

TEST_F(Sealed, EqualContentGivesEqualOctets) {
  EXPECT_EQ(seal(key_, cursor_, "page 7"), seal(key_, cursor_, "page 7"));
  std::set<std::string> const different = {seal(key_, cursor_, "page 7"), seal(key_, cursor_, "page 8"),
                                           seal(key_, {"cursor/ru"}, "page 7"),
                                           seal(other_, cursor_, "page 7")};
  EXPECT_EQ(different.size(), 4u);
}

TEST_F(Sealed, LengthShowsNoDigits) {
  EXPECT_EQ(seal(key_, cursor_, "9").size(), seal(key_, cursor_, "1000000000000").size());
}

TEST_F(Sealed, OpensOnlyWithItsKeyAndForItsUse) {
  auto const token = seal(key_, cursor_, "page 7");
  EXPECT_FALSE(open(other_, cursor_, token));
  EXPECT_FALSE(open(key_, {"cursor/ru"}, token));
  EXPECT_FALSE(open(key_, {""}, token));
}

TEST_F(Sealed, NoOctetCanBeChanged) {
  auto const token = seal(key_, cursor_, "page 7");
  Bytes const bytes = *from_base64url(token);
  for (size_t i = 0; i < bytes.size(); ++i) {
    Bytes broken = bytes;
    broken[i] = static_cast<char>(broken[i] ^ 1);
    EXPECT_FALSE(open(key_, cursor_, to_base64url(broken))) << i;
    EXPECT_FALSE(open(key_, cursor_, to_base64url(bytes.substr(0, i)))) << i;
  }
  for (auto const* text : {"", "x", "====", "a.b.c"}) EXPECT_FALSE(open(key_, cursor_, text)) << text;
  EXPECT_FALSE(open(key_, cursor_, token + "A"));
  EXPECT_FALSE(open(key_, cursor_, token + "="));
}

}  // namespace
}  // namespace comity::crypto
