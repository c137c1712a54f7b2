// A journal copied row by row is the same journal; what is not what was stored is found; a disk that fails while a journal is
// made leaves none that would be taken for whole.
#include "journal/copying.h"

#include <gtest/gtest.h>

#include "journal/faulty_vfs.h"
#include "journal/journal.h"
#include "journal/test_entries.h"
#include "journal/test_folder.h"
#include "journal/verify.h"

namespace comity::journal {
namespace {

class Copying : public testing::Test {
 protected:
  Copying() {
    auto const journal = must(Journal::create(path_, entropy_));
    for (Index const size : {1, 3, 2}) {
      std::vector<Entry> batch;
      for (Index i = 0; i < size; ++i) {
        Index const index = journal->next_index() + i;
        batch.push_back(index == 4 ? pulse(index)
                                   : contribution(index, index < 4 ? index + 1 : index,
                                                  "payload " + std::to_string(index)));
      }
      must(journal->append(batch));
    }
    must(journal->destroy(std::vector<Index>{2}));
  }

  std::vector<Row> rows(std::string const& path) {
    std::vector<Row> all;
    must(copy_rows(path, [&](Row&& row) -> Result<void> {
      all.push_back(std::move(row));
      return {};
    }));
    return all;
  }
  Result<Head> check(std::vector<Row> const& all) {
    RowCheck checked;
    for (Row const& row : all) TRY_VOID(checked.take(row));
    return checked.finish();
  }
  static Result<Head> rebuild(std::string const& path, std::vector<Row> const& all) {
    auto made = TRY(Rebuilding::begin(path));
    for (Row const& row : all) TRY_VOID(made.put(row));
    return made.finish();
  }

  TestFolder folder_;
  SeededEntropy entropy_{3};
  std::string path_ = folder_.file("journal");
};

TEST_F(Copying, WhatIsMadeOfTheRowsIsTheSameJournal) {
  auto const all = rows(path_);
  EXPECT_EQ(all.size(), 6u + 5u + 3u);
  Head const head = must(Reader::open(path_))->head().value();
  EXPECT_EQ(check(all), head);
  std::string const other = folder_.file("other");
  EXPECT_EQ(rebuild(other, all), head);
  EXPECT_EQ(rows(other).size(), all.size());
  auto const journal = must(Journal::open(other, entropy_));
  EXPECT_EQ(journal->head(), head);
  EXPECT_EQ(journal->next_payload(), 6u);
  EXPECT_EQ(journal->reader().payload(1), "payload 0");
  EXPECT_FALSE(journal->reader().payload(3)) << "it was destroyed";
  EXPECT_TRUE(append_one(*journal, contribution(6, 6, "and further")));
}

TEST_F(Copying, WhatWasDestroyedIsInNoRow) {
  for (Row const& row : rows(path_))
    if (row.bytes) EXPECT_EQ(row.bytes->find("payload 2"), Bytes::npos);
}

TEST_F(Copying, AnyChangeIsFound) {
  auto const all = rows(path_);
  for (size_t i = 0; i < all.size(); ++i) {
    auto changed = all;
    changed.erase(changed.begin() + static_cast<ptrdiff_t>(i));
    EXPECT_FALSE(check(changed)) << "without row " << i;
    changed = all;
    changed[i].digest.octets[0] ^= all[i].kind == Row::Kind::payload ? 0 : 1;
    ++changed[i].key;
    EXPECT_FALSE(check(changed)) << "another key of row " << i;
    if (i + 1 < all.size()) {
      changed = all;
      std::swap(changed[i], changed[i + 1]);
      EXPECT_FALSE(check(changed)) << "row " << i << " later";
    }
    if (!all[i].bytes) continue;
    changed = all;
    changed[i].bytes->back() = static_cast<char>(changed[i].bytes->back() ^ 1);
    EXPECT_FALSE(check(changed)) << "another octet in row " << i;
    changed = all;
    changed[i].bytes.reset();
    EXPECT_FALSE(check(changed)) << "row " << i << " destroyed";
  }
  auto changed = all;
  for (Row& row : changed)
    if (row.kind == Row::Kind::payload && !row.bytes) row.bytes = "back again";
  EXPECT_FALSE(check(changed));
  EXPECT_TRUE(check(all));
}

TEST_F(Copying, ACopyEndsBetweenTwoCommitsWhateverIsWrittenMeanwhile) {
  auto const journal = must(Journal::open(path_, entropy_));
  Index written = 0;
  auto const head = must(copy_rows(path_, [&](Row&&) -> Result<void> {
    Index const index = journal->next_index();
    ++written;
    return append_one(*journal, pulse(index));
  }));
  EXPECT_EQ(head.size, 6u);
  EXPECT_EQ(journal->next_index(), 6u + written);
}

TEST_F(Copying, NothingIsMadeOverAnother) {
  EXPECT_EQ(Rebuilding::begin(path_).error().code, ErrorCode::bad_input);
}

// Whatever fails, what says that it is finished is whole, and it is whole after the power went too.
TEST_F(Copying, ADiskThatFailsMakesNoneThatSeemsWhole) {
  auto const all = rows(path_);
  Head const head = must(check(all));
  for (auto const failure :
       {FaultyDisk::Failure::not_done, FaultyDisk::Failure::done, FaultyDisk::Failure::full}) {
    uint64_t n = 1;
    for (bool failed = true; failed; ++n) {
      TestFolder const folder;
      std::string const path = folder.file("made");
      FaultyDisk disk;
      disk.fail_at(n, failure);
      auto const made = rebuild(path, all);
      failed = disk.failed();
      if (!failed) {
        EXPECT_TRUE(made);
      }
      disk.kill_process();
      disk.cut_power(FaultyDisk::Cache::lost);
      if (!made) continue;
      EXPECT_EQ(*made, head);
      auto const report = must(verify(path, [](Index, Index) {}));
      EXPECT_TRUE(report.ok()) << "operation " << n << ": " << report.damage->what;
      EXPECT_EQ(report.head, head) << "operation " << n;
    }
    EXPECT_GT(n, 10u);
  }
}

}  // namespace
}  // namespace comity::journal
