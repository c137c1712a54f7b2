// How a record commits to its parts, each apart from the others (25-isolation G7).
//
//   part hash    SHA-256(salt ‖ part), salt of 32 octets, one for each part
//   hash list    the part hashes in their order, then random hashes, up to 4, 16, 64 … entries
//   record hash  SHA-256 of the hash list, 32 octets after 32 octets
//
// Who is entitled to a part gets the part, its salt and the other entries of the list, and can recompute the record hash;
// the entries say neither what the other parts hold nor how many there are within their step. A part whose bytes and
// salt are destroyed leaves its hash, and every other part provable. The padding must be random and kept: it is chosen
// outside the machine and carried in, as salts are. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/bytes.h"

namespace comity::merkle {

Digest part_hash(Digest const& salt, BytesView part);

// The smallest of 4, 16, 64 … that is not less than `parts`.
size_t padded_count(size_t parts);

// Part hashes, then padding: exactly padded_count(parts) - parts entries of it (ensured).
std::vector<Digest> hash_list(std::vector<Digest> part_hashes, std::span<Digest const> padding);

// Of a whole list (its length is 4, 16, 64 …, ensured).
Digest record_hash(std::span<Digest const> hash_list);

}  // namespace comity::merkle
