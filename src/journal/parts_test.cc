#include "journal/parts.h"

#include <gtest/gtest.h>

#include <set>

#include "codec/codec.h"
#include "journal/test_entries.h"

namespace comity::journal {
namespace {

// The leaf below was computed a second time, from these bytes, by a program that shares nothing with this
// one: it reads the list, hashes each salt and part, puts them at their places, and hashes 0x00 0x01 and the
// hash of the list.
constexpr char golden_parts[] =
    "07010bd3f9e58a83780e02f4396bc82de6fea299c0c89bf6c825e9aad18a3a46f7e111010d2a80fa9bbbcabc"
    "9005016403070200ad83ccafb94e614bdcbf22de4947e620d51332761e3e521944d2d20021a4340601386403"
    "02050966696c696e672d34320000000000000000000000000000000000000000000000000000000000000000"
    "07626f6479203432000003058ce154add5e612b6d4c097779da5bcc73e98bca4e8e1a7ec968340b3a7e6209f"
    "0159186661637473206f6620627974657320617320706f737465643d8e5c4817ef4fe4bb06e7cd0905987f0b"
    "7f9fb98ab2afcb4292717efa03c17a0f13500aabed8201f5b16f9051ac6dd646f9ac7548efeb338fa71c4f56"
    "8b4348040237f9e365df7887de55a4113ffceff4f6a16696f366e2e6caeb38d70b255088b8010201000504dd"
    "6b6459429fc61554706ef49b27f756b8e7ce5716fe1b253c3307dccb00d33701070102020400020006070c63"
    "c50bab089624c6fee5f60b38e4784065f641c805a00a4e8efa4350474cb9010f02080a010202020100000000"
    "0001000603c24a128efa1213921bd8f6555502719198b746ea52b658d1b236e9330171377e010e0105010207"
    "000100000000000100096a311361f43ea473523d540103ef1cde528075d96ed530accafd10db05d6e82f715d"
    "c03fb5b7adfbc0cf5714df7b42eea26d6976b2b9302b7c035252becdb4a0af9ae0d209e09e470902f0ae7c2a"
    "6d8d81c95ee53a51a9c32318c8d2dc9b21f8f09421d9c3ce5636dc5d7cb395c17b66bd24e8a2a5f7b78c5be2"
    "2ea281af964a9e4f5b77618ace4be6a9ca875fc9bc7b081cd166366ec1b0228e6e0c9417cbc2e2706f13cf23"
    "8c6832274e5524c071508671e64c15fc78915665fa36f7ae0971b898fdbd9fdc3923cae6b43cf75e78d85295"
    "e32d680fe88fc30fb2eb66b8d21db4dae8c3e2ed2cd546533a36063986121a3bf89db16eefd10823cedf6450"
    "ae64586fb101c2081353ad1231e2bd6509539b9e7c4b88c48238f71ff9daea3e45ad";

// A change here is a new journal format.
TEST(Parts, GoldenBytes) {
  SeededEntropy entropy(2015);
  Salts salts(entropy);
  Entry entry = contribution(42, 7, "bytes as posted");
  entry.record.payload_salt = salts.digest();
  entry.record.payload_commitment = payload_commitment(entry.record.payload_salt, *entry.payload);
  StoredRecord const stored = scatter(entry.record, salts);
  EXPECT_EQ(to_hex(codec::encode(stored)), golden_parts);
  EXPECT_EQ(to_hex(must(leaf_of(stored))),
            "ebd00ac5b6ddc96db7c2ef55744fcb4b6a10fa9b35089e1e08b2b3ace44ee655");
}

TEST(Parts, GatherIsTheInverseOfScatter) {
  SeededEntropy entropy(3);
  Salts salts(entropy);
  for (Entry const& entry : {pulse(0), contribution(1, 1, "x"), refused_contribution(2, "y")}) {
    model::Record const back = must(gather(scatter(entry.record, salts)));
    EXPECT_EQ(model::parts_of(back).size(), model::parts_of(entry.record).size());
    EXPECT_EQ(codec::encode(back.ruling), codec::encode(entry.record.ruling));
    EXPECT_EQ(codec::encode(back.command), codec::encode(entry.record.command));
  }
}

// Four records in five of the same kind would otherwise tell by a place what came before it.
TEST(Parts, EveryPartCanStandAtEveryPlace) {
  SeededEntropy entropy(4);
  Salts salts(entropy);
  std::map<size_t, std::set<uint32_t>> places;
  for (int i = 0; i < 500; ++i) {
    StoredRecord const stored = scatter(contribution(1, 1, "x").record, salts);
    ASSERT_EQ(stored.parts.size() + stored.padding.size(), 16u);
    for (size_t part = 0; part < stored.parts.size(); ++part) places[part].insert(stored.parts[part].place);
  }
  for (auto const& [part, seen] : places) EXPECT_EQ(seen.size(), 16u) << part;
}

TEST(Parts, TheLeafOutlivesTheSealedPart) {
  SeededEntropy entropy(5);
  Salts salts(entropy);
  StoredRecord stored = scatter(contribution(1, 1, "x").record, salts);
  Digest const leaf = must(leaf_of(stored));
  EXPECT_TRUE(destroy_sealed(stored));
  EXPECT_EQ(must(leaf_of(stored)), leaf);
  EXPECT_TRUE(must(gather(stored)).sealed_destroyed);
  EXPECT_FALSE(destroy_sealed(stored));
}

TEST(Parts, ABrokenListIsCorrupt) {
  SeededEntropy entropy(6);
  Salts salts(entropy);
  StoredRecord const whole = scatter(contribution(1, 1, "x").record, salts);
  StoredRecord doubled = whole, outside = whole, open = whole, gone = whole;
  doubled.parts[0].place = doubled.parts[1].place;
  outside.parts[0].place = 16;
  open.padding.pop_back();
  gone.parts[0].bytes.reset();
  EXPECT_EQ(leaf_of(doubled).error().code, ErrorCode::corrupt);
  EXPECT_EQ(leaf_of(outside).error().code, ErrorCode::corrupt);
  EXPECT_EQ(leaf_of(open).error().code, ErrorCode::corrupt);
  EXPECT_EQ(gather(gone).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace comity::journal
