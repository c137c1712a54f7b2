#include "cli/private_directory.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "base/seam.h"
#include "cli/process.h"

namespace comity::cli {
namespace {

class PrivateDirectory : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(::mkdtemp(data_.data()), nullptr);
    for (char const* folder : {"/keys", "/first-passwords"})
      ASSERT_TRUE(system_seam().files.make_folder(data_ + folder, 0700));
    for (char const* file : {"/journal.sqlite", "/keys/prf", "/first-passwords/anna@operator"})
      ASSERT_TRUE(system_seam().files.write(data_ + file, "x", 0600));
  }
  void TearDown() override { std::filesystem::remove_all(data_); }

  void set(std::string const& name, unsigned mode) { ASSERT_EQ(::chmod((data_ + name).c_str(), mode), 0); }
  unsigned mode_of(std::string const& name) {
    struct stat status{};
    EXPECT_EQ(::stat((data_ + name).c_str(), &status), 0);
    return status.st_mode & 07777;
  }
  void is_refused(std::string const& name) {
    auto const made = make_private(data_);
    ASSERT_FALSE(made.has_value()) << name;
    EXPECT_EQ(made.error().code, ErrorCode::bad_input);
    EXPECT_EQ(made.error().detail,
              data_ + name + " may be read by others than its owner; run: chmod -R go= " + data_);
  }

  std::string data_ = testing::TempDir() + "comity-private-XXXXXX";
};

TEST_F(PrivateDirectory, OneOfItsOwnerAloneIsTaken) {
  EXPECT_TRUE(is_own(data_).has_value());
  EXPECT_TRUE(make_private(data_).has_value());
}

TEST_F(PrivateDirectory, OneThatOthersMayLookIntoIsRefusedAndStaysAsItIs) {
  set("/journal.sqlite", 0644);
  for (unsigned const mode : {0755u, 0750u, 0710u, 0707u, 0701u}) {
    set("", mode);
    is_refused("");
    EXPECT_EQ(mode_of(""), mode);
    EXPECT_EQ(mode_of("/journal.sqlite"), 0644u);
  }
}

TEST_F(PrivateDirectory, AKeyThatOthersMayReadIsRefused) {
  for (char const* name : {"/keys/prf", "/keys", "/first-passwords/anna@operator"}) {
    unsigned const before = mode_of(name);
    set(name, before | 0040);
    is_refused(name);
    set(name, before);
  }
  EXPECT_TRUE(make_private(data_).has_value());
}

TEST_F(PrivateDirectory, OtherFilesAreMadeItsOwners) {
  ASSERT_TRUE(system_seam().files.make_folder(data_ + "/logs", 0755));
  set("/logs", 0755);
  ASSERT_TRUE(system_seam().files.write(data_ + "/logs/access", "x", 0644));
  set("/journal.sqlite", 0664);
  ASSERT_TRUE(make_private(data_).has_value());
  EXPECT_EQ(mode_of("/journal.sqlite"), 0600u);
  EXPECT_EQ(mode_of("/logs"), 0700u);
  EXPECT_EQ(mode_of("/logs/access"), 0600u);
}

TEST_F(PrivateDirectory, LinksAreNotFollowed) {
  std::string const outside = data_ + ".outside";
  ASSERT_TRUE(system_seam().files.write(outside, "x", 0644));
  ASSERT_EQ(::symlink(outside.c_str(), (data_ + "/link").c_str()), 0);
  EXPECT_TRUE(make_private(data_).has_value());
  struct stat status{};
  ASSERT_EQ(::stat(outside.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0644u);
  std::filesystem::remove(outside);
}

TEST_F(PrivateDirectory, OneOfAnotherUserIsRefusedWithTheCommand) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a directory away";
  ASSERT_EQ(::chown(data_.c_str(), 1, 1), 0);
  auto const own = is_own(data_);
  ASSERT_FALSE(own.has_value());
  EXPECT_NE(own.error().detail.find("runuser -u daemon -- comity"), std::string::npos) << own.error().detail;
  EXPECT_FALSE(make_private(data_).has_value());
}

TEST_F(PrivateDirectory, OneThatRootHasLeftIsToBeGivenAway) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  ASSERT_EQ(::seteuid(1), 0);
  auto const own = is_own(data_);
  ASSERT_EQ(::seteuid(0), 0);
  ASSERT_FALSE(own.has_value());
  EXPECT_NE(own.error().detail.find("chown -R daemon: " + data_), std::string::npos) << own.error().detail;
}

TEST_F(PrivateDirectory, OneThatIsNotThereIsForOthersToSay) {
  EXPECT_TRUE(make_private(data_ + "/none").has_value());
  EXPECT_TRUE(make_private(data_ + "/journal.sqlite").has_value());
}

TEST(Process, FilesAreAllowedUpToWhatMayBe) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit const few{64, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  EXPECT_EQ(allow_files(32), 64u);
  EXPECT_EQ(allow_files(100), 100u);
  EXPECT_EQ(allow_files(size_t{1} << 40), before.rlim_max);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
}

}  // namespace
}  // namespace comity::cli
