#include "merkle/tree.h"

#include <bit>

#include "crypto/sha256.h"

namespace comity::merkle {
namespace {

crypto::Sha256& hash() {
  static thread_local crypto::Sha256 reused;
  return reused;
}

}  // namespace

Digest hash_of_leaf_data(BytesView data) { return hash().update(BytesView("\0", 1)).update(data).finish(); }

Digest node_hash(Digest const& left, Digest const& right) {
  return hash().update("\x01").update(left.view()).update(right.view()).finish();
}

Digest tree_root(std::span<Digest const> leaves) {
  if (leaves.empty()) return crypto::sha256("");
  if (leaves.size() == 1) return leaves.front();
  size_t const split = std::bit_floor(leaves.size() - 1);
  return node_hash(tree_root(leaves.first(split)), tree_root(leaves.subspan(split)));
}

}  // namespace comity::merkle
