#include "merkle/tree.h"

#include <gtest/gtest.h>

#include <vector>

namespace comity::merkle {
namespace {

// The eight leaves with which every implementation of the tree is tested.
std::vector<Digest> classical_leaves() {
  std::vector<Digest> leaves;
  for (BytesView const data :
       {BytesView(""), BytesView("\0", 1), BytesView("\x10"), BytesView("\x20\x21"), BytesView("\x30\x31"),
        BytesView("\x40\x41\x42\x43"), BytesView("\x50\x51\x52\x53\x54\x55\x56\x57"),
        BytesView("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f")}) {
    leaves.push_back(hash_of_leaf_data(data));
  }
  return leaves;
}

TEST(Tree, LeafAndNode) {
  EXPECT_EQ(to_hex(hash_of_leaf_data("")),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(to_hex(hash_of_leaf_data("L123456")),
            "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
  auto const leaves = classical_leaves();
  EXPECT_EQ(to_hex(node_hash(leaves[0], leaves[1])),
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
}

TEST(Tree, ClassicalRoots) {
  static constexpr char const* roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  auto const leaves = classical_leaves();
  for (size_t size = 0; size <= 8; ++size) {
    EXPECT_EQ(to_hex(tree_root(std::span(leaves).first(size))), roots[size]) << size;
  }
}

TEST(Tree, OrderMatters) {
  auto leaves = classical_leaves();
  auto const before = tree_root(leaves);
  std::swap(leaves[2], leaves[5]);
  EXPECT_NE(tree_root(leaves), before);
}

}  // namespace
}  // namespace comity::merkle
