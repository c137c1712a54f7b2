#include "base/hash_secret.h"

#include <random>

namespace comity {

std::array<uint64_t, 3> const& hash_secret() {
  static std::array<uint64_t, 3> const secret = [] {
    std::random_device random;
    std::array<uint64_t, 3> made{};
    for (uint64_t& word : made) word = uint64_t{random()} << 32 | random();
    return made;
  }();
  return secret;
}

}  // namespace comity
