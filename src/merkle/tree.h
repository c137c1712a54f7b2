// The hash tree of RFC 6962, section 2.1, with SHA-256: pure functions of octets and hashes.
//
// A leaf is SHA-256(0x00 ‖ data), a node SHA-256(0x01 ‖ left ‖ right), the root of no leaves SHA-256 of nothing. More
// than one leaf is split at the largest power of two smaller than their number. Hashes are Digests: 32 octets by type,
// never shorter or longer. Thread-safe: no state.
#pragma once

#include <span>

#include "base/bytes.h"

namespace comity::merkle {

// The hash of a leaf with this data. Leaves of the log of records come from leaf.h.
Digest hash_of_leaf_data(BytesView data);

// Left before right.
Digest node_hash(Digest const& left, Digest const& right);

// Of leaf hashes in their order. Linear time, logarithmic memory.
Digest tree_root(std::span<Digest const> leaves);

}  // namespace comity::merkle
