#include "merkle/inclusion.h"

#include <gtest/gtest.h>

#include <string>

#include "merkle/tree.h"

namespace comity::merkle {
namespace {

std::vector<Digest> leaves(size_t count) {
  std::vector<Digest> all;
  for (size_t i = 0; i < count; ++i) all.push_back(hash_of_leaf_data("leaf " + std::to_string(i)));
  return all;
}

// RFC 6962, 2.1.1, as it is written: recursive, by the largest power of two.
std::vector<Digest> by_the_book(std::span<Digest const> leaves, size_t place) {
  if (leaves.size() == 1) return {};
  size_t split = 1;
  while (split * 2 < leaves.size()) split *= 2;
  bool const left = place < split;
  auto path =
      left ? by_the_book(leaves.first(split), place) : by_the_book(leaves.subspan(split), place - split);
  path.push_back(tree_root(left ? leaves.subspan(split) : leaves.first(split)));
  return path;
}

TEST(Inclusion, EveryLeafOfEveryTreeHasAPathToItsRoot) {
  for (size_t count = 1; count <= 40; ++count) {
    auto const all = leaves(count);
    InclusionPaths const paths(all);
    EXPECT_EQ(paths.root(), tree_root(all));
    for (size_t place = 0; place < count; ++place) {
      auto const path = paths.path(place);
      EXPECT_EQ(path, by_the_book(all, place)) << place << " of " << count;
      EXPECT_TRUE(is_included(all[place], place, count, path, paths.root())) << place << " of " << count;
    }
  }
}

TEST(Inclusion, NothingElseIsProved) {
  for (size_t count = 1; count <= 20; ++count) {
    auto const all = leaves(count);
    InclusionPaths const paths(all);
    Digest const root = paths.root(), other = hash_of_leaf_data("other");
    for (size_t place = 0; place < count; ++place) {
      auto path = paths.path(place);
      EXPECT_FALSE(is_included(other, place, count, path, root));
      EXPECT_FALSE(is_included(all[place], place, count, path, other));
      EXPECT_FALSE(is_included(all[place], count, count, path, root));
      for (size_t elsewhere = 0; elsewhere < count; ++elsewhere)
        if (elsewhere != place) EXPECT_FALSE(is_included(all[place], elsewhere, count, path, root));
      path.push_back(other);
      EXPECT_FALSE(is_included(all[place], place, count, path, root));
      path.pop_back();
      if (path.empty()) continue;
      path.pop_back();
      EXPECT_FALSE(is_included(all[place], place, count, path, root));
    }
  }
  EXPECT_FALSE(is_included(leaves(1)[0], 0, 0, {}, leaves(1)[0]));
}

}  // namespace
}  // namespace comity::merkle
