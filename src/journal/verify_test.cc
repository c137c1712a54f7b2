#include "journal/verify.h"

#include <gtest/gtest.h>

#include "journal/faulty_vfs.h"
#include "journal/journal.h"
#include "journal/sqlite.h"
#include "journal/test_entries.h"
#include "journal/test_folder.h"

namespace comity::journal {
namespace {

class VerifyTest : public testing::Test {
 protected:
  void SetUp() override {
    auto const journal = must(Journal::create(path_, entropy_));
    for (Index i = 0; i < 8; i += 2) {
      std::vector<Entry> entries{pulse(i), contribution(i + 1, i / 2 + 1, "payload " + std::to_string(i))};
      must(journal->append(entries));
    }
    must(journal->destroy(std::vector<Index>{3}));
    head_ = journal->head();
  }

  VerifyReport report() {
    return must(verify(path_, [this](Index done, Index) { progress_ = done; }));
  }
  // One statement by somebody else's hand.
  Damage after(std::string const& sql) {
    auto database = must(Connection::open(path_, Connection::Mode::read_write));
    must(database.run(sql.c_str()));
    return report().damage.value_or(Damage{std::nullopt, "none"});
  }
  // The octet at `at` (from the front, counted from 1) becomes another.
  Damage flipped(std::string const& table, std::string const& column, std::string const& where, size_t at) {
    std::string const n = std::to_string(at);
    std::string const octet = "substr(" + column + ", " + n + ", 1)";
    return after("UPDATE " + table + " SET " + column + " = CAST(substr(" + column + ", 1, " + n +
                 " - 1) || CASE " + octet + " WHEN x'00' THEN x'01' ELSE x'00' END || substr(" + column +
                 ", " + n + " + 1) AS BLOB) WHERE " + where);
  }

  FaultyDisk disk_;  // fails nowhere here, and waits for no sync
  TestFolder folder_;
  std::string const path_ = folder_.file("journal");
  SeededEntropy entropy_{11};
  Head head_;
  Index progress_ = 0;
};

TEST_F(VerifyTest, AllIsWell) {
  VerifyReport const found = report();
  EXPECT_TRUE(found.ok()) << found.damage->what;
  EXPECT_EQ(found.head, head_);
  EXPECT_EQ(found.payloads, 3u);
  EXPECT_EQ(found.destroyed, 1u);
  EXPECT_EQ(progress_, 8u);
}

TEST_F(VerifyTest, AnEmptyJournalIsWell) {
  must(Journal::create(folder_.file("empty"), entropy_)).reset();
  EXPECT_TRUE(must(verify(folder_.file("empty"), [](Index, Index) {})).ok());
}

TEST_F(VerifyTest, AFlippedOctetOfTheParts) {
  std::string const whole = folder_.file("whole");
  std::filesystem::copy_file(path_, whole);
  for (size_t at = 1; at <= 250; ++at) {  // the record is longer
    Damage const damage = flipped("records", "parts", "idx = 5", at);
    EXPECT_EQ(damage.record, Index{5}) << at << ": " << damage.what;
    for (char const* rest : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + rest);
    std::filesystem::copy_file(whole, path_);
  }
}

TEST_F(VerifyTest, AFlippedOctetOfALeaf) {
  EXPECT_EQ(flipped("records", "leaf", "idx = 6", 32).record, Index{6});
}

TEST_F(VerifyTest, AFlippedOctetOfAPayload) {
  Damage const damage = flipped("payloads", "bytes", "key = 3", 1);
  EXPECT_EQ(damage.record, Index{5});
  EXPECT_NE(damage.what.find("payload"), std::string::npos);
}

TEST_F(VerifyTest, AFlippedOctetOfARunningDigest) {
  Damage const damage = flipped("batches", "digest", "last = 3", 7);
  EXPECT_EQ(damage.record, Index{3});
  EXPECT_NE(damage.what.find("running digest"), std::string::npos);
}

TEST_F(VerifyTest, ARecordRewrittenTogetherWithItsLeaf) {
  Damage const damage = after(
      "UPDATE records SET (parts, leaf) = (SELECT parts, leaf FROM records WHERE idx = 4) WHERE idx = 6");
  EXPECT_EQ(damage.record, Index{6});
  EXPECT_NE(damage.what.find("envelope"), std::string::npos);
}

TEST_F(VerifyTest, OtherIndicesAndKeys) {
  EXPECT_EQ(after("UPDATE records SET idx = 9 WHERE idx = 7").record, Index{7});
  after("UPDATE records SET idx = 7 WHERE idx = 9");
  EXPECT_TRUE(report().ok());
  EXPECT_EQ(after("UPDATE payloads SET key = 9 WHERE key = 4").record, Index{7});
  after("UPDATE payloads SET key = 4 WHERE key = 9");
  EXPECT_EQ(after("UPDATE batches SET last = 6 WHERE last = 7").record, Index{6});
}

TEST_F(VerifyTest, WhatIsMissingOrTooMuch) {
  EXPECT_EQ(after("INSERT INTO payloads VALUES(5, x'00')").what, "there are payloads that no record names");
  EXPECT_EQ(after("DELETE FROM payloads WHERE key = 5").what, "none");
  EXPECT_EQ(after("INSERT INTO batches VALUES(20, zeroblob(32))").record, std::nullopt);
  EXPECT_EQ(after("DELETE FROM batches WHERE last = 20").what, "none");
  EXPECT_EQ(after("UPDATE payloads SET bytes = x'01' WHERE key = 2").record, Index{3});
  EXPECT_EQ(after("UPDATE payloads SET bytes = NULL").record, Index{1});
  EXPECT_EQ(after("DELETE FROM records WHERE idx = 0").record, Index{0});
}

TEST_F(VerifyTest, PartsAreNotReadInSilence) {
  EXPECT_EQ(flipped("records", "parts", "idx = 5", 50).record, Index{5});
  auto const reader = must(Reader::open(path_));
  EXPECT_EQ(reader->read(5).error().code, ErrorCode::corrupt);
  Index last = 0;
  auto const scanned = reader->scan(0, Reader::Check::leaves, [&](model::Record&& record, Digest const&) {
    last = record.index;
    return Result<void>();
  });
  EXPECT_EQ(scanned.error().code, ErrorCode::corrupt);
  EXPECT_NE(scanned.error().detail.find("record 5"), std::string::npos);
  EXPECT_EQ(last, 4u);
}

}  // namespace
}  // namespace comity::journal
