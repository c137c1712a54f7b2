#include "doors/console/maps.h"

#include <filesystem>
#include <fstream>

#include "base/limits.h"
#include "centre_fixture.h"

namespace comity::console {
namespace {

std::string said(std::string_view field, uint64_t size) {
  auto const range = range_in(field, size);
  return range ? std::to_string(range->first) + "+" + std::to_string(range->count) : "none";
}

TEST(Range, IsOneStretchOfTheFile) {
  EXPECT_EQ(said("bytes=0-9", 100), "0+10");
  EXPECT_EQ(said("bytes=90-", 100), "90+10");
  EXPECT_EQ(said("bytes=-10", 100), "90+10");
  EXPECT_EQ(said("bytes=-1000", 100), "0+100");
  EXPECT_EQ(said("bytes=50-1000", 100), "50+50");
  for (auto const* field : {"", "bytes=", "bytes=-", "bytes=100-", "bytes=9-8", "bytes=0-1,3-4", "bytes=a-b",
                            "bytes=-0", "items=0-9", "bytes=99999999999999999999-", "bytes= 0-9"})
    EXPECT_EQ(said(field, 100), "none") << field;
  EXPECT_EQ(said("bytes=0-9", 0), "none");
  EXPECT_EQ(range_in("bytes=0-", 1u << 30)->count, limits::map_range_bytes);
}

TEST(Maps, AreTheFolderSOwnFiles) {
  journal::TestFolder folder;
  std::ofstream(folder.file("a.pmtiles")) << "0123456789";
  std::ofstream(folder.file("secret.key")) << "secret";
  std::filesystem::create_symlink(folder.file("secret.key"), folder.file("b.pmtiles"));
  std::filesystem::create_directory(folder.file("c.pmtiles"));
  Maps const maps(folder.path());
  ASSERT_TRUE(maps.find("a.pmtiles"));
  EXPECT_EQ(maps.find("a.pmtiles")->size, 10U);
  EXPECT_EQ(maps.read("a.pmtiles", {3, 4}).value(), "3456");
  EXPECT_EQ(maps.read("a.pmtiles", {8, 4}).value(), "89") << "there is no more";
  for (auto const* name :
       {"secret.key", "b.pmtiles", "c.pmtiles", "../a.pmtiles", "", ".pmtiles", "a/a.pmtiles"})
    EXPECT_FALSE(maps.find(name)) << name;
  EXPECT_TRUE(Maps(folder.file("nowhere")).names().empty());
}

}  // namespace
}  // namespace comity::console
