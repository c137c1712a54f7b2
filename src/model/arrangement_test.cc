#include "model/arrangement.h"

#include <gtest/gtest.h>

namespace comity::model {
namespace {

TEST(Arrangement, PathsOfRoots) {
  for (char const* good : {"/trustgroup1/", "/taxii2/feeds/", "/api/v21/", "/a/b/c/", "/xy_z-1.0/"})
    EXPECT_TRUE(is_root_path(good)) << good;
  for (char const* bad :
       {"", "/", "//", "/taxii2/", "/taxii2", "trustgroup1/", "/trustgroup1", "/a//b/", "/a/../b/", "/./",
        "/a b/", "/a%20b/", "/{root}/", "/x~y/", "/api/", "/api/v1/", "/api/v1/x/", "/metrics/", "/dss/v1/"})
    EXPECT_FALSE(is_root_path(bad)) << bad;
  EXPECT_FALSE(is_root_path("/" + std::string(250, 'a') + "/"));
}

TEST(Arrangement, NamesOfUsers) {
  for (char const* good : {"alice", "A", "carol@example.org", "user_name", "x+y", "0"})
    EXPECT_TRUE(is_user_name(good)) << good;
  for (char const* bad : {"", "a:b", "a/b", "a b", "..", ".x", "anna@ru", "\xc3\xa9", "a\nb"})
    EXPECT_FALSE(is_user_name(bad)) << bad;
}

}  // namespace
}  // namespace comity::model
