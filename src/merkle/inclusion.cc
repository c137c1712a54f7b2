#include "merkle/inclusion.h"

#include <utility>

#include "base/ensure.h"
#include "merkle/tree.h"

namespace comity::merkle {

bool is_included(Digest const& leaf, uint64_t place, uint64_t count, std::span<Digest const> path,
                 Digest const& root) {
  if (place >= count) return false;
  uint64_t last = count - 1;  // the last place of the level
  Digest at = leaf;
  for (Digest const& beside : path) {
    while (place % 2 == 0 && place == last && last != 0) place /= 2, last /= 2;  // no neighbour here
    if (last == 0) return false;
    at = place % 2 == 0 ? node_hash(at, beside) : node_hash(beside, at);
    place /= 2, last /= 2;
  }
  while (place % 2 == 0 && place == last && last != 0) place /= 2, last /= 2;
  return last == 0 && at == root;
}

InclusionPaths::InclusionPaths(std::vector<Digest> leaves) {
  levels_.push_back(std::move(leaves));
  while (levels_.back().size() > 1) {
    std::vector<Digest> const& below = levels_.back();
    std::vector<Digest> level;
    level.reserve((below.size() + 1) / 2);
    for (size_t i = 0; i < below.size(); i += 2)
      level.push_back(i + 1 < below.size() ? node_hash(below[i], below[i + 1]) : below[i]);
    levels_.push_back(std::move(level));
  }
}

Digest InclusionPaths::root() const { return tree_root(levels_.back()); }

std::vector<Digest> InclusionPaths::path(size_t place) const {
  ensure(place < levels_.front().size());
  std::vector<Digest> path;
  for (std::vector<Digest> const& level : levels_) {
    if (level.size() == 1) break;
    size_t const beside = place ^ 1u;
    if (beside < level.size()) path.push_back(level[beside]);
    place /= 2;
  }
  return path;
}

}  // namespace comity::merkle
