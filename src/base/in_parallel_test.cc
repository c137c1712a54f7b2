#include "base/in_parallel.h"

#include <gtest/gtest.h>

#include <set>

namespace comity {
namespace {

TEST(InParallel, EachIsDoneOnceHoweverManyThereAre) {
  for (size_t n : {0u, 1u, 7u, 100u, 1'001u}) {
    std::vector<int> done(n);
    in_parallel(n, 10, [&](size_t i) { ++done[i]; });
    EXPECT_EQ(std::ranges::count(done, 1), static_cast<ptrdiff_t>(n));
  }
}

TEST(InParallel, FewAreDoneByTheCaller) {
  std::vector<std::thread::id> by(19);
  in_parallel(by.size(), 10, [&](size_t i) { by[i] = std::this_thread::get_id(); });
  EXPECT_EQ(std::set<std::thread::id>(by.begin(), by.end()), std::set{std::this_thread::get_id()});
}

}  // namespace
}  // namespace comity
