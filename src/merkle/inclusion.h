// Proofs that a leaf is in a tree (RFC 6962, 2.1.1): the hashes beside its way to the root, the lowest first.
//
// A path has one hash for each level at which the way has a neighbour, so at most as many as the tree has levels, and of one
// tree not always as many. Who has a leaf, its place, the number of leaves and the root needs nothing else to check one.
// Hashes are those of tree.h. Pure functions and a value; thread-safe as such.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"

namespace comity::merkle {

// Whether `path` leads from the leaf at `place` of `count` to the root; no path does if the place is none of the tree.
bool is_included(Digest const& leaf, uint64_t place, uint64_t count, std::span<Digest const> path,
                 Digest const& root);

// All paths of one tree: its inner nodes are hashed once and kept, 64 octets for each leaf.
class InclusionPaths {
 public:
  explicit InclusionPaths(std::vector<Digest> leaves);

  Digest root() const;
  std::vector<Digest> path(size_t place) const;  // of a leaf that is there

 private:
  std::vector<std::vector<Digest>>
      levels_;  // leaves first; who has no neighbour stands in the next one as it is
};

}  // namespace comity::merkle
