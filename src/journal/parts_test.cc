#include "journal/parts.h"

#include <gtest/gtest.h>

#include <set>

#include "codec/codec.h"
#include "journal/test_entries.h"
#include "merkle/record_hash.h"

namespace comity::journal {
namespace {

// The leaf below was computed a second time, from these bytes, by a program that shares nothing with this
// one: it reads the list, hashes each salt and part, puts them at their places and fillers at the others, and hashes 0x00
// 0x01 and the hash of the list.
constexpr char golden_parts[] =
    "0801004b38a12221aae95cd3f9e58a83780e02f4396bc82de6fea299c0c89bf6c825e901322a80fa9bbbcabc"
    "9005016403020500000000000000000000000000000000000000000000000000000000000000000007000002"
    "00aad18a3a46f7e1115ecfc2d0f330e250ad83ccafb94e614bdcbf22de4947e6200114640966696c696e672d"
    "343207626f6479203432000300d51332761e3e521944d2d20021a43406393dee0eb88a0d7e8ce154add5e612"
    "b60159186661637473206f6620627974657320617320706f737465643d8e5c4817ef4fe4bb06e7cd0905987f"
    "0b7f9fb98ab2afcb4292717efa03c17a0f13500aabed8201f5b16f9051ac6dd646f9ac7548efeb338fa71c4f"
    "568b43480400d4c097779da5bcc73e98bca4e8e1a7ec968340b3a7e6209f7a0e15c852900c99010d00006480"
    "fa9bbbcabc90050100050037f9e365df7887de55a4113ffceff4f6a16696f366e2e6caeb38d70b255088b801"
    "32000102020400020001040701050106020202080a0102020201000000000001000201050102070001000000"
    "00000100020000068cb803dd6b6459429fc61554706ef49b27f756b8e7ce5716fe1b253c3307dccb00d33701"
    "7080fa9bbbcabc90050100000000000000000000000000000000000000000000000000000000000000000573"
    "68617265097265706f72742d2d3114323032362d30312d30315430303a30303a30305a000000000000000000"
    "0000000000000000000000000000000000000000000000000006bfbf010c63c50bab089624c6fee5f60b38e4"
    "784065f641c805a00a4e8efa4350474cb9015a80fa9bbbcabc90050100000000000000000000000000000000"
    "000000000000000000000000000000000c73686172652d706c61636573000000000000000000000000000000"
    "000000000000000000000000000000000000000000068740c24a128efa1213921bd8f6555502719198b746ea"
    "52b658d1b236e9330171377e013980fa9bbbcabc900500010200000000000000000000000000000000000000"
    "00000000000000000000000000027275000280fa9bbbcabc9005006a311361f43ea473523d540103ef1cde52"
    "8075d96ed530accafd10db05d6e82f";

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
            "a94c7ce7250a0ca64eefdfe03e45b0e38ac067f5731065854ef8142f76a070fd");
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

// A place must not tell what stands at the others.
TEST(Parts, AToldPartStandsAnywhere) {
  SeededEntropy entropy(4);
  Salts salts(entropy);
  std::set<uint32_t> places;
  for (int i = 0; i < 300; ++i)
    for (StoredPart const& part : scatter(contribution(1, 1, "x").record, salts).parts)
      if (part.kind == model::PartKind::told) places.insert(part.place);
  EXPECT_GT(places.size(), 880u);  // of 900
  EXPECT_LT(*places.begin(), merkle::told_places / 50);
  EXPECT_GT(*places.rbegin(), merkle::told_places - merkle::told_places / 50);
}

// B7: whatever followed for whomever, the author gets six hashes.
TEST(Parts, TheListHasOneLength) {
  SeededEntropy entropy(10);
  Salts salts(entropy);
  Entry entry = contribution(1, 1, "x");
  for (size_t told : {0u, 1u, 40u, 300u}) {
    entry.record.told.resize(told);
    EXPECT_EQ(must(own_parts(scatter(entry.record, salts), entry.record)).list.size(), 6u);
  }
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

// G3: what a key of the machine is tells how many things there are. Every key is another number here, and the parts that
// leave are the same bytes.
TEST(Parts, NothingThatLeavesHoldsAKeyOfTheMachine) {
  Entry const one = contribution(42, 7, "x");
  Entry other = one;
  model::Record& record = other.record;
  record.index = 4711, record.payload = 815, record.ruleset = 2;
  record.command.office = OfficeKey(77u), record.command.actor.key = 88;
  record.command.digest.octets[0] = 1, record.command.compare = model::Comparisons{};
  for (model::Release& release : record.ruling.releases) {
    release.offices.push_back(OfficeKey(1234u));
    for (model::ReleasedItem& item : release.items)
      item.item = ItemKey(99u), item.agreement = AgreementKey(98u);
  }
  for (model::Effect& effect : record.ruling.effects)
    effect.agreement = AgreementKey(97u), effect.party = PartyKey(96u);
  auto const leaving = [](model::Record const& of) {
    std::vector<Bytes> all;
    for (model::Part const& part : model::parts_of(of))
      if (part.kind != model::PartKind::envelope && part.kind != model::PartKind::effects)
        all.push_back(part.bytes);
    return all;
  };
  EXPECT_EQ(leaving(one.record), leaving(record));
  EXPECT_NE(model::parts_of(one.record).front().bytes, model::parts_of(record).front().bytes);
}

// A rule that the author may not know stands in the part that stays (G5).
TEST(Parts, AReasonIsKeptAsTheAuthorMayKnowIt) {
  Entry entry = refused_contribution(3, "y");
  entry.record.ruling =
      model::refused({model::ReasonCode::third_party_rule, AgreementKey(5u), "hidden-clause", "s", "", ""});
  for (model::Part const& part : model::parts_of(entry.record))
    EXPECT_EQ(part.bytes.contains("hidden-clause"), part.kind == model::PartKind::effects);
  SeededEntropy entropy(8);
  Salts salts(entropy);
  model::Record const back = must(gather(scatter(entry.record, salts)));
  EXPECT_EQ(back.ruling.reasons[0].agreement, AgreementKey(5u));
  EXPECT_EQ(back.ruling.reasons[0].clause, "hidden-clause");
}

TEST(Parts, TheAuthorIsGivenItsPartsAndNoVerifier) {
  SeededEntropy entropy(9);
  Salts salts(entropy);
  Entry entry = contribution(1, 1, "x");
  auto const kinds = [&](Entry const& of) {
    std::vector<model::PartKind> all;
    StoredRecord const stored = scatter(of.record, salts);
    auto const own = must(own_parts(stored, of.record));
    for (model::OwnPart const& part : own.parts) {
      EXPECT_EQ(own.list[part.place], merkle::part_hash(part.salt, part.bytes));
      all.push_back(part.kind);
    }
    return all;
  };
  using enum model::PartKind;
  entry.record.payload_salt = salts.digest();
  entry.record.payload_commitment = payload_commitment(entry.record.payload_salt, *entry.payload);
  EXPECT_EQ(kinds(entry), (std::vector{command, sealed, ruling}));
  Entry credential = pulse(2);
  credential.record.command.kind = model::CommandKind::set_credential;
  credential.record.command.sealed = "$argon2id$";
  credential.record.payload_salt = entry.record.payload_salt;
  credential.record.payload_commitment = entry.record.payload_commitment;
  EXPECT_EQ(kinds(credential), (std::vector{command, ruling}));
}

TEST(Parts, ABrokenListIsCorrupt) {
  SeededEntropy entropy(6);
  Salts salts(entropy);
  StoredRecord const whole = scatter(contribution(1, 1, "x").record, salts);
  StoredRecord doubled = whole, outside = whole, twice = whole, gone = whole;
  doubled.parts.back().place = std::prev(doubled.parts.end(), 2)->place;
  outside.parts.back().place = merkle::told_places;
  twice.parts.push_back(twice.parts.front());
  StoredRecord moved = whole;
  moved.parts.front().place = 1;
  EXPECT_EQ(leaf_of(moved).error().code, ErrorCode::corrupt);
  gone.parts[0].bytes.reset();
  EXPECT_EQ(leaf_of(doubled).error().code, ErrorCode::corrupt);
  EXPECT_EQ(leaf_of(outside).error().code, ErrorCode::corrupt);
  EXPECT_EQ(leaf_of(twice).error().code, ErrorCode::corrupt);
  EXPECT_EQ(gather(gone).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace comity::journal
