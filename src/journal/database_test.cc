// What is said of a file that is not a journal, not one of ours yet, damaged, or in use.
#include "journal/database.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "journal/journal.h"
#include "journal/test_entries.h"
#include "journal/test_folder.h"

namespace comity::journal {
namespace {

class DatabaseTest : public testing::Test {
 protected:
  Error refused() {
    Bytes const before = content();
    auto const opened = Journal::open(path_, entropy_);
    EXPECT_FALSE(opened);
    EXPECT_EQ(content(), before) << "the file was changed";
    return opened ? Error{} : opened.error();
  }
  Bytes content() {
    std::ifstream file(path_, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(file), {});
  }
  void write(BytesView bytes) { std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes; }
  void run(std::string const& sql) {
    auto database = must(Connection::open(path_, Connection::Mode::create));
    must(database.run(sql.c_str()));
  }

  TestFolder folder_;
  std::string const path_ = folder_.file("journal");
  SeededEntropy entropy_{1};
};

TEST_F(DatabaseTest, NoFile) {
  EXPECT_EQ(refused().code, ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(DatabaseTest, AnEmptyFileIsALostJournalAndNotANewOne) {
  write("");
  EXPECT_EQ(refused().code, ErrorCode::corrupt);
  EXPECT_EQ(Journal::create(path_, entropy_).error().code, ErrorCode::bad_input);
}

TEST_F(DatabaseTest, AFileOfSomethingElse) {
  write(Bytes(10'000, '.'));
  EXPECT_EQ(refused().code, ErrorCode::bad_input);
}

TEST_F(DatabaseTest, ADatabaseOfSomethingElse) {
  run("CREATE TABLE recipes(name TEXT)");
  EXPECT_EQ(refused().code, ErrorCode::bad_input);
}

TEST_F(DatabaseTest, AFolder) {
  std::filesystem::create_directory(path_);
  EXPECT_EQ(Journal::open(path_, entropy_).error().code, ErrorCode::bad_input);
}

TEST_F(DatabaseTest, ANewerFormatIsRefusedWithWhatToDo) {
  must(Journal::create(path_, entropy_)).reset();
  std::string const newer = std::to_string(journal_format + 1);
  run("UPDATE meta SET value = " + newer);
  Error const error = refused();
  EXPECT_EQ(error.code, ErrorCode::newer_format);
  EXPECT_NE(error.detail.find("format " + newer), std::string::npos);
  EXPECT_NE(error.detail.find("Install"), std::string::npos);
}

TEST_F(DatabaseTest, AFormatFromBeforeTheFirstReleaseIsRefusedWithWhatToDo) {
  must(Journal::create(path_, entropy_)).reset();
  run("UPDATE meta SET value = 1");
  Error const error = refused();
  EXPECT_EQ(error.code, ErrorCode::older_format);
  EXPECT_NE(error.detail.find("Make the centre anew"), std::string::npos);
}

TEST_F(DatabaseTest, NoFormat) {
  must(Journal::create(path_, entropy_)).reset();
  run("DELETE FROM meta");
  EXPECT_EQ(refused().code, ErrorCode::corrupt);
}

TEST_F(DatabaseTest, DamagedPages) {
  {
    auto const journal = must(Journal::create(path_, entropy_));
    must(append_one(*journal, contribution(0, 1, Bytes(50'000, 'x'))));
  }
  Bytes bytes = content();
  bytes.replace(4'096, 12'288, 12'288, '\xff');  // the roots of the tables
  write(bytes);
  Error const error = refused();
  EXPECT_EQ(error.code, ErrorCode::corrupt);
  EXPECT_NE(error.detail.find("backup"), std::string::npos);
}

TEST_F(DatabaseTest, RecordsWithoutTheirBatch) {
  {
    auto const journal = must(Journal::create(path_, entropy_));
    must(append_one(*journal, pulse(0)));
    must(append_one(*journal, pulse(1)));
  }
  run("DELETE FROM batches WHERE last = 1");
  EXPECT_EQ(refused().code, ErrorCode::corrupt);
}

TEST_F(DatabaseTest, ASecondWriterIsRefusedAndAReaderIsNot) {
  auto journal = must(Journal::create(path_, entropy_));
  must(append_one(*journal, pulse(0)));
  auto const second = Journal::open(path_, entropy_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::busy);
  EXPECT_NE(second.error().detail.find(std::to_string(getpid())), std::string::npos);
  EXPECT_EQ(must(must(Reader::open(path_))->head()).size, 1u);
  journal.reset();
  EXPECT_TRUE(Journal::open(path_, entropy_));
}

TEST_F(DatabaseTest, TheLockEndsWithItsProcess) {
  must(Journal::create(path_, entropy_)).reset();
  pid_t const child = fork();
  if (child == 0) {
    auto const journal = Journal::open(path_, entropy_);
    _exit(journal && append_one(**journal, pulse(0)) ? 0 : 1);  // without letting go of anything
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(must(Journal::open(path_, entropy_))->next_index(), 1u);
}

TEST_F(DatabaseTest, WhatExistsIsNeverCreatedAnew) {
  auto journal = must(Journal::create(path_, entropy_));
  must(append_one(*journal, pulse(0)));
  journal.reset();
  EXPECT_EQ(Journal::create(path_, entropy_).error().code, ErrorCode::bad_input);
  EXPECT_EQ(must(Journal::open(path_, entropy_))->next_index(), 1u);
}

}  // namespace
}  // namespace comity::journal
