#include "merkle/leaf.h"

#include "merkle/tree.h"

namespace comity::merkle {

Bytes leaf_data(Digest const& record_hash) { return Bytes("\x01").append(record_hash.view()); }

Digest leaf_hash(Digest const& record_hash) { return hash_of_leaf_data(leaf_data(record_hash)); }

}  // namespace comity::merkle
