// A secret of this run of the program, by which tables hash what somebody else chooses, so that nobody can choose names that share a
// hash. It decides where in memory something stands, and nothing else: no ruling, no order and no encoding may depend on it.
//
// Thread-safe.
#pragma once

#include <array>
#include <cstdint>

namespace comity {

std::array<uint64_t, 3> const& hash_secret();

}  // namespace comity
