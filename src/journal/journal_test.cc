#include "journal/journal.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "codec/codec.h"
#include "journal/parts.h"
#include "journal/test_entries.h"
#include "journal/test_folder.h"
#include "journal/verify.h"

namespace comity::journal {
namespace {

class JournalTest : public testing::Test {
 protected:
  void SetUp() override { journal_ = must(Journal::create(path_, entropy_)); }
  void reopen() {
    journal_.reset();
    journal_ = must(Journal::open(path_, entropy_));
  }
  bool file_contains(std::string const& word) {
    for (char const* rest : {"", "-wal"}) {
      std::ifstream file(path_ + rest, std::ios::binary);
      if (Bytes(std::istreambuf_iterator<char>(file), {}).find(word) != Bytes::npos) return true;
    }
    return false;
  }

  TestFolder folder_;
  std::string const path_ = folder_.file("journal");
  SeededEntropy entropy_{1};
  std::unique_ptr<Journal> journal_;
};

bool same(model::Record const& a, model::Record const& b) {
  auto const parts = [](model::Record const& record) {
    Bytes all;
    for (model::Part const& part : model::parts_of(record))
      all += codec::encode(std::pair(part.kind, part.bytes));
    return all;
  };
  return parts(a) == parts(b) && a.sealed_destroyed == b.sealed_destroyed;
}

TEST_F(JournalTest, BeginsEmpty) {
  EXPECT_EQ(journal_->next_index(), 0u);
  EXPECT_EQ(journal_->next_payload(), 1u);
  EXPECT_TRUE(journal_->head().running.is_none());
  EXPECT_EQ(journal_->reader().read(0).error().code, ErrorCode::not_found);
  reopen();
  EXPECT_EQ(journal_->next_index(), 0u);
}

TEST_F(JournalTest, GivesBackWhatWasAppended) {
  std::vector<Entry> entries{pulse(0), contribution(1, 1, "first"), refused_contribution(2, "kept out"),
                             contribution(3, 2, "")};
  ASSERT_TRUE(journal_->append(entries));
  reopen();
  EXPECT_EQ(journal_->next_index(), 4u);
  EXPECT_EQ(journal_->next_payload(), 3u);
  for (Entry const& entry : entries) {
    model::Record const read = must(journal_->reader().read(entry.record.index));
    EXPECT_TRUE(same(read, entry.record)) << entry.record.index;
  }
  EXPECT_EQ(must(journal_->reader().payload(1)), "first");
  EXPECT_EQ(must(journal_->reader().payload(2)), "");
  EXPECT_EQ(journal_->reader().payload(3).error().code, ErrorCode::not_found);
}

// Found by the kill test: what a process that was killed leaves is longer than SQLite's files take in one call.
TEST_F(JournalTest, OpensWhatALongLogWasLeftBehind) {
  std::vector<Entry> entries;
  for (Index i = 0; i < 100; ++i) entries.push_back(contribution(i, i + 1, Bytes(5'000, 'x')));
  ASSERT_TRUE(journal_->append(entries));
  std::string const left = folder_.file("left");
  for (char const* rest : {"", "-wal"}) std::filesystem::copy_file(path_ + rest, left + rest);
  ASSERT_GT(std::filesystem::file_size(left + "-wal"), 128u << 10);
  auto const opened = must(Journal::open(left, entropy_));
  EXPECT_EQ(opened->next_index(), 100u);
}

// Hashed on all cores, and told before the log is moved: the same records all the same.
TEST_F(JournalTest, ALargeBatchIsWhatWasAppended) {
  constexpr Index records = 300;
  std::vector<Entry> entries;
  for (Index i = 0; i < records; ++i)
    entries.push_back(contribution(i, i + 1, Bytes(20'000, static_cast<char>('a' + i % 26))));
  ASSERT_TRUE(journal_->append(entries, Journal::Tend::later));
  auto const unmoved = std::filesystem::file_size(path_);
  ASSERT_TRUE(journal_->tend());
  EXPECT_GT(std::filesystem::file_size(path_), unmoved);
  std::vector<Entry> next{contribution(records, records + 1, "next")};
  ASSERT_TRUE(journal_->append(next));
  reopen();
  EXPECT_EQ(journal_->next_index(), records + 1);
  for (Entry const& entry : entries) {
    EXPECT_TRUE(same(must(journal_->reader().read(entry.record.index)), entry.record)) << entry.record.index;
    EXPECT_EQ(must(journal_->reader().payload(entry.record.payload)), *entry.payload);
  }
  EXPECT_TRUE(must(verify(path_, [](Index, Index) {})).ok());
}

TEST_F(JournalTest, AnEmptyBatchIsNothing) {
  EXPECT_TRUE(journal_->append({}));
  EXPECT_EQ(journal_->head(), Head{});
}

TEST_F(JournalTest, NamesPayloadsBySaltedCommitmentsOnly) {
  std::vector<Entry> entries{contribution(0, 1, "the same"), contribution(1, 2, "the same"),
                             refused_contribution(2, "kept out")};
  ASSERT_TRUE(journal_->append(entries));
  model::Record const first = entries[0].record, second = entries[1].record, third = entries[2].record;
  EXPECT_EQ(first.payload_commitment, payload_commitment(first.payload_salt, "the same"));
  EXPECT_NE(first.payload_commitment, second.payload_commitment);
  EXPECT_EQ(third.payload_commitment, payload_commitment(third.payload_salt, "kept out"));
  EXPECT_FALSE(file_contains("kept out"));
}

TEST_F(JournalTest, ScansFromAnyRecordAndHandsOnLeaves) {
  std::vector<Digest> leaves;
  for (Index batch = 0; batch < 5; ++batch) {
    std::vector<Entry> entries{pulse(3 * batch), pulse(3 * batch + 1), pulse(3 * batch + 2)};
    ASSERT_TRUE(journal_->append(entries));
    for (Entry const& entry : entries) leaves.push_back(entry.leaf);
  }
  for (Index from = 0; from <= 15; ++from) {
    Index next = from;
    ASSERT_TRUE(
        journal_->reader().scan(from, Reader::Check::leaves, [&](model::Record&& record, Digest const& leaf) {
          EXPECT_EQ(record.index, next);
          EXPECT_EQ(leaf, leaves[next]);
          ++next;
          return Result<void>();
        }));
    EXPECT_EQ(next, 15u);
  }
  auto const nothing = [](model::Record&&, Digest const&) { return Result<void>(); };
  EXPECT_EQ(journal_->reader().scan(16, Reader::Check::leaves, nothing).error().code, ErrorCode::not_found);
}

TEST_F(JournalTest, AScanEndsWithTheVisitorsError) {
  ASSERT_TRUE(append_one(*journal_, pulse(0)));
  ASSERT_TRUE(append_one(*journal_, pulse(1)));
  int visits = 0;
  auto const scanned = journal_->reader().scan(0, Reader::Check::leaves, [&](model::Record&&, Digest const&) {
    ++visits;
    return Result<void>(fail(ErrorCode::busy, "enough"));
  });
  EXPECT_EQ(scanned.error().detail, "enough");
  EXPECT_EQ(visits, 1);
}

TEST_F(JournalTest, KnowsItsOwnHeads) {
  ASSERT_TRUE(append_one(*journal_, pulse(0)));
  Head const first = journal_->head();
  std::vector<Entry> entries{pulse(1), pulse(2)};
  ASSERT_TRUE(journal_->append(entries));
  Head const second = journal_->head();
  Reader const& reader = journal_->reader();
  EXPECT_EQ(must(reader.head()), second);
  EXPECT_TRUE(must(reader.agrees(Head{})));
  EXPECT_TRUE(must(reader.agrees(first)));
  EXPECT_TRUE(must(reader.agrees(second)));
  EXPECT_FALSE(must(reader.agrees({2, second.running})));
  EXPECT_FALSE(must(reader.agrees({3, first.running})));
  EXPECT_FALSE(must(reader.agrees({4, second.running})));
}

TEST_F(JournalTest, DestructionLeavesTheRecordAndItsLeaf) {
  std::vector<Entry> entries{contribution(0, 1, "the quiet harbour"), contribution(1, 2, "stays")};
  ASSERT_TRUE(journal_->append(entries));
  EXPECT_EQ(must(journal_->reader().payload(1)), "the quiet harbour");  // now in the cache
  EXPECT_TRUE(file_contains("the quiet harbour"));
  ASSERT_TRUE(journal_->destroy(std::vector<Index>{0}));

  EXPECT_FALSE(file_contains("the quiet harbour"));
  EXPECT_FALSE(file_contains(Bytes(entries[0].record.payload_salt.view())));
  EXPECT_EQ(journal_->reader().payload(1).error().code, ErrorCode::not_found);
  model::Record const left = must(journal_->reader().read(0));
  EXPECT_TRUE(left.sealed_destroyed);
  EXPECT_EQ(left.command.sealed, "");
  EXPECT_EQ(left.command.idempotency_key, "filing-0");
  EXPECT_EQ(left.ruling.releases.size(), 2u);
  EXPECT_TRUE(left.payload_commitment.is_none());
  EXPECT_EQ(must(journal_->reader().payload(2)), "stays");

  ASSERT_TRUE(journal_->destroy(std::vector<Index>{0}));  // again: nothing
  reopen();
  EXPECT_EQ(journal_->next_payload(), 3u);
}

TEST_F(JournalTest, DestructionThatAReaderHoldsUpIsCompletedByTheNextAppend) {
  ASSERT_TRUE(append_one(*journal_, contribution(0, 1, "the quiet harbour")));
  ASSERT_TRUE(journal_->reader().scan(0, Reader::Check::leaves, [&](model::Record&&, Digest const&) {
    EXPECT_TRUE(journal_->destroy(std::vector<Index>{0}));  // while this reader looks at the file as it was
    EXPECT_TRUE(file_contains("the quiet harbour"));
    return Result<void>();
  }));
  EXPECT_EQ(journal_->reader().payload(1).error().code, ErrorCode::not_found);
  ASSERT_TRUE(append_one(*journal_, pulse(1)));
  EXPECT_FALSE(file_contains("the quiet harbour"));
}

TEST_F(JournalTest, AKeyIsNotUsedAgainAfterDestruction) {
  ASSERT_TRUE(append_one(*journal_, contribution(0, 1, "only")));
  ASSERT_TRUE(journal_->destroy(std::vector<Index>{0}));
  reopen();
  EXPECT_EQ(journal_->next_payload(), 2u);
}

TEST_F(JournalTest, WhatIsNotThereIsNotDestroyed) {
  EXPECT_EQ(journal_->destroy(std::vector<Index>{0}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(append_one(*journal_, pulse(0)));  // and that does not stop the journal
}

TEST_F(JournalTest, OthersReadWhileItAppends) {
  std::atomic<Index> written = 0;
  std::atomic<bool> done = false;
  auto const read = [&] {
    uint64_t reads = 0;
    while (!done) {
      Index const known = written;
      if (known == 0) continue;
      EXPECT_EQ(must(journal_->reader().read(known - 1)).index, known - 1);
      EXPECT_EQ(must(journal_->reader().payload(known)), std::to_string(known));
      EXPECT_GE(must(journal_->reader().head()).size, known);
      ++reads;
    }
    EXPECT_GT(reads, 0u);
  };
  std::thread first(read), second(read);
  for (Index i = 0; i < 200; ++i) {
    ASSERT_TRUE(append_one(*journal_, contribution(i, i + 1, std::to_string(i + 1))));
    written = i + 1;
  }
  done = true;
  first.join();
  second.join();
}

TEST_F(JournalTest, PayloadsComeInTheOrderOfTheKeys) {
  std::vector<Entry> entries{contribution(0, 1, "a"), contribution(1, 2, "b"), contribution(2, 3, "c")};
  ASSERT_TRUE(journal_->append(entries));
  EXPECT_EQ(must(journal_->reader().payloads(std::vector<PayloadKey>{3, 1, 3})),
            (std::vector<Bytes>{"c", "a", "c"}));
  EXPECT_EQ(journal_->reader().payloads(std::vector<PayloadKey>{1, 4}).error().code, ErrorCode::not_found);
}

using JournalDeathTest = JournalTest;

TEST_F(JournalDeathTest, AGapIsABug) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(static_cast<void>(append_one(*journal_, pulse(1))), "bug");
  EXPECT_DEATH(static_cast<void>(append_one(*journal_, contribution(0, 2, "x"))), "bug");
}

}  // namespace
}  // namespace comity::journal
