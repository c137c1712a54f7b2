#include "crypto/sealed_stream.h"

#include <gtest/gtest.h>

namespace comity::crypto {
namespace {

class SealedStream : public testing::Test {
 protected:
  // Three pieces, as who has the session key seals them.
  std::vector<Bytes> seal(StreamSealer& sealer) {
    return {sealer.seal("first", "head", Piece::another), sealer.seal("", "", Piece::another),
            sealer.seal("third", "", Piece::last)};
  }
  Result<Bytes> open(Bytes const& header, std::vector<Bytes> const& pieces, BytesView head = "head") {
    auto opener = TRY(StreamOpener::begin(key_, header));
    Bytes all;
    for (Bytes const& piece : pieces) {
      auto const opened = TRY(opener.open(piece, &piece == &pieces.front() ? head : ""));
      all += opened.bytes + (opened.which == Piece::last ? "." : ",");
    }
    return all;
  }

  SeededEntropy entropy_{5};
  SymmetricKey key_ = SymmetricKey::generate(entropy_);
};

TEST_F(SealedStream, OpensAsItWasSealed) {
  StreamSealer sealer(key_);
  auto const pieces = seal(sealer);
  EXPECT_EQ(open(sealer.header(), pieces), "first,,third.");
  EXPECT_EQ(pieces[0].find("first"), Bytes::npos);
}

TEST_F(SealedStream, WhatWasChangedMovedOrLeftOutDoesNotOpen) {
  StreamSealer sealer(key_);
  auto const pieces = seal(sealer);
  EXPECT_FALSE(open(sealer.header(), {pieces[1], pieces[0], pieces[2]}));
  EXPECT_FALSE(open(sealer.header(), {pieces[0], pieces[2]}));
  EXPECT_FALSE(open(sealer.header(), {pieces[0], pieces[0]}));
  EXPECT_FALSE(open(sealer.header(), pieces, "another head"));
  EXPECT_FALSE(open(sealer.header(), {pieces[0].substr(1)}));
  EXPECT_FALSE(open(sealer.header(), {""}));
  EXPECT_FALSE(open(Bytes(24, 'x'), pieces));
  EXPECT_FALSE(open("", pieces));
  for (size_t at = 0; at < pieces[0].size(); ++at) {
    Bytes changed = pieces[0];
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(open(sealer.header(), {changed})) << at;
  }
  EXPECT_EQ(open(sealer.header(), {pieces[0], pieces[1]}), "first,,") << "cut off: no last piece was seen";
}

TEST_F(SealedStream, TheKeyOpensForItsRecipientOnly) {
  auto const ours = RecipientKey::generate(entropy_), other = RecipientKey::generate(entropy_);
  Bytes const sealed = seal_key(ours.public_key(), key_);
  auto const opened = open_key(ours, sealed);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->view(), key_.view());
  EXPECT_FALSE(open_key(other, sealed));
  EXPECT_FALSE(open_key(ours, sealed.substr(1)));
  EXPECT_NE(seal_key(ours.public_key(), key_), sealed);
}

TEST_F(SealedStream, KeysAreReadBack) {
  auto const key = RecipientKey::generate(entropy_);
  EXPECT_EQ(RecipientKey::from(key.view())->public_key().octets, key.public_key().octets);
  EXPECT_EQ(RecipientPublicKey::from(key.public_key().view())->id(), key.public_key().id());
  EXPECT_EQ(key.public_key().id().size(), 7u + 16u);
  EXPECT_FALSE(RecipientKey::from("short"));
  EXPECT_FALSE(RecipientPublicKey::from("short"));
}

}  // namespace
}  // namespace comity::crypto
