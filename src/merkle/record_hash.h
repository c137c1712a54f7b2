// How a record commits to its parts, each apart from the others (25-isolation G7).
//
//   part hash    SHA-256(salt ‖ part), salt of 32 octets, one for each part
//   list         of every record six hashes: envelope, command, sealed, ruling, effects, told
//   record hash  SHA-256 of the list, 32 octets after 32 octets
//   told         the root of a tree of 2^16 places: a part hash at a place drawn at random for each told part, inner nodes
//                as in RFC 6962 (tree.h)
//   filler       SHA-256(seed ‖ level ‖ place in 4 octets, the highest first): what stands where nothing is, in the list and
//                in the tree. The seed is the record's own secret, so that nobody can tell a filler from a hash
//
// Who is entitled to a part gets the part, its salt and the hashes beside it: five of the list, and for a told part sixteen
// on its way to the root. Their number is the same for every record, so they say nothing about the other parts: not whether
// there were effects, not how many others were told, not even that there is more than one step of it. (A list that grows
// in steps, 4, 16, 64, would tell at its edges.) A part whose bytes and salt are destroyed leaves its hash, and every other
// part provable. Pure functions, thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"

namespace comity::merkle {

enum class Place : uint8_t { envelope = 0, command, sealed, ruling, effects, told };
using RecordList = std::array<Digest, 6>;

inline constexpr unsigned told_levels = 16;
inline constexpr uint32_t told_places = 1u << told_levels;

Digest part_hash(Digest const& salt, BytesView part);

// Instead of a part that the record does not have.
Digest filler(Digest const& seed, Place place);

struct ToldHash {
  uint32_t place = 0;  // below told_places, each once (ensured)
  Digest hash;
};
// `parts` ascending by place. None: a filler.
Digest told_root(Digest const& seed, std::span<ToldHash const> parts);

Digest record_hash(RecordList const& list);

}  // namespace comity::merkle
