#include "base/seam.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>

namespace comity {
namespace {

// A folder of its own for each test, gone afterwards.
class OnDisk : public testing::Test {
 protected:
  OnDisk() {
    std::string form = (std::filesystem::temp_directory_path() / "comity-seam-XXXXXX").string();
    folder_ = ::mkdtemp(form.data());
  }
  ~OnDisk() override { std::filesystem::remove_all(folder_); }

  std::string path(std::string const& name) const { return folder_ + "/" + name; }
  static unsigned mode_of(std::string const& file) {
    struct stat found{};
    return ::stat(file.c_str(), &found) == 0 ? found.st_mode & 0777 : 0;
  }

  Files& files_ = system_seam().files;
  std::string folder_;
};

TEST_F(OnDisk, a_written_file_reads_back_octet_for_octet) {
  Bytes const bytes("\0text\xff\n", 7);
  ASSERT_TRUE(files_.write(path("a"), bytes, 0600));
  EXPECT_EQ(files_.read(path("a")).value(), bytes);
  EXPECT_EQ(mode_of(path("a")), 0600u);
}

TEST_F(OnDisk, writing_again_replaces_the_whole_and_leaves_nothing_beside) {
  ASSERT_TRUE(files_.write(path("a"), std::string(200'000, 'x'), 0600));
  ASSERT_TRUE(files_.write(path("a"), "short", 0640));
  EXPECT_EQ(files_.read(path("a")).value(), "short");
  EXPECT_EQ(mode_of(path("a")), 0640u);
  EXPECT_FALSE(files_.exists(path("a.new")));
}

TEST_F(OnDisk, what_a_crash_left_beside_does_no_harm) {
  ASSERT_TRUE(files_.write(path("a.new"), "half of a fi", 0600));
  ASSERT_TRUE(files_.write(path("a"), "whole", 0600));
  EXPECT_EQ(files_.read(path("a")).value(), "whole");
}

TEST_F(OnDisk, a_missing_file_is_not_found_and_not_an_io_error) {
  EXPECT_EQ(files_.read(path("none")).error().code, ErrorCode::not_found);
  EXPECT_FALSE(files_.exists(path("none")));
}

TEST_F(OnDisk, failures_say_what_and_where) {
  auto const wrote = files_.write(path("no/such/folder"), "x", 0600);
  ASSERT_FALSE(wrote);
  EXPECT_EQ(wrote.error().code, ErrorCode::io);
  EXPECT_NE(wrote.error().detail.find("no/such/folder"), std::string::npos) << wrote.error().detail;
  EXPECT_EQ(files_.read(folder_).error().code, ErrorCode::io);  // a folder is not a file
}

TEST_F(OnDisk, a_folder_is_made_once) {
  EXPECT_TRUE(files_.make_folder(path("f"), 0700));
  EXPECT_TRUE(files_.make_folder(path("f"), 0700));
  EXPECT_EQ(mode_of(path("f")), 0700u);
  EXPECT_FALSE(files_.make_folder(path("g/h"), 0700));
}

TEST(SystemClocks, read_a_plausible_time_and_never_run_backwards) {
  Clock& clock = system_seam().clock;
  EXPECT_GT(clock.now(), *parse_time("2026-01-01T00:00:00.000000Z"));
  int64_t const before = clock.monotonic_us();
  EXPECT_GE(clock.monotonic_us(), before);
}

TEST(SystemEntropies, differ) {
  std::array<uint8_t, 32> a{}, b{};
  system_seam().entropy.fill(a);
  system_seam().entropy.fill(b);
  EXPECT_NE(a, b);
}

TEST(ScriptedClocks, move_only_when_told) {
  ScriptedClock clock(UtcTime{1'000});
  EXPECT_EQ(clock.now(), clock.now());
  clock.advance(seconds(2));
  EXPECT_EQ(clock.now(), UtcTime{2'001'000});
  EXPECT_EQ(clock.monotonic_us(), 2'001'000);
  clock.set(UtcTime{5});  // clocks do step back
  EXPECT_EQ(clock.now(), UtcTime{5});
}

TEST(SeededEntropies, repeat_from_the_same_seed) {
  std::array<uint8_t, 19> a{}, b{}, c{};
  SeededEntropy(7).fill(a);
  SeededEntropy(7).fill(b);
  SeededEntropy(8).fill(c);
  EXPECT_EQ(a, b);
  EXPECT_NE(a, c);
  EXPECT_EQ(SeededEntropy(0).next(), 0xe220a8397b1dcdafULL);  // the published first output of splitmix64
}

TEST_F(OnDisk, a_file_is_written_and_read_in_pieces) {
  {
    auto const writing = files_.create(path("a"), 0600).value();
    ASSERT_TRUE(writing->write("one "));
    ASSERT_TRUE(writing->write("two"));
    ASSERT_TRUE(writing->sync());
  }
  EXPECT_EQ(mode_of(path("a")), 0600u);
  auto const reading = files_.open(path("a")).value();
  EXPECT_EQ(reading->size(), 7u);
  EXPECT_EQ(reading->read(4), "one ");
  EXPECT_EQ(reading->read(3), "two");
  EXPECT_EQ(reading->read(0), "");
  EXPECT_EQ(reading->read(1).error().code, ErrorCode::bad_input);
  EXPECT_EQ(reading->read(8).error().code, ErrorCode::bad_input);
  EXPECT_EQ(files_.open(path("b")).error().code, ErrorCode::not_found);
  EXPECT_EQ(files_.open(folder_).error().code, ErrorCode::bad_input);
}

TEST_F(OnDisk, nothing_is_written_through_a_link) {
  ASSERT_TRUE(files_.write(path("elsewhere"), "mine", 0600));
  for (char const* name : {"a", "b.new"})
    ASSERT_EQ(::symlink(path("elsewhere").c_str(), path(name).c_str()), 0);
  ASSERT_TRUE(files_.create(path("a"), 0600).value()->write("x"));
  ASSERT_TRUE(files_.write(path("b"), "x", 0600));
  EXPECT_EQ(files_.read(path("elsewhere")), "mine");
  EXPECT_EQ(files_.read(path("a")), "x");
}

TEST_F(OnDisk, a_name_is_never_given_over_another) {
  ASSERT_TRUE(files_.write(path("a"), "a", 0600));
  ASSERT_TRUE(files_.write(path("b"), "b", 0600));
  EXPECT_EQ(files_.rename(path("a"), path("b")).error().code, ErrorCode::bad_input);
  EXPECT_EQ(files_.read(path("b")), "b");
  EXPECT_TRUE(files_.rename(path("a"), path("c")));
  EXPECT_EQ(files_.read(path("c")), "a");
  EXPECT_EQ(files_.rename(path("a"), path("d")).error().code, ErrorCode::io);
  ASSERT_TRUE(files_.make_folder(path("f"), 0700));
  EXPECT_TRUE(files_.rename(path("f"), path("g")));
  EXPECT_EQ(files_.list(folder_), (std::vector<std::string>{"b", "c"})) << "files only";
  EXPECT_TRUE(files_.remove(path("g")));
  EXPECT_TRUE(files_.remove(path("g"))) << "what is not there is as good as removed";
  EXPECT_EQ(files_.list(path("g")).error().code, ErrorCode::io);
}

}  // namespace
}  // namespace comity
