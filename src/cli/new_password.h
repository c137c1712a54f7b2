// A password that nobody chose: as many octets of randomness as are asked for (15 are 120 bits), as base64url.
//
// It is shown or written down once by whoever asks for it; the centre keeps an argon2id hash. Cannot fail. Any thread, one at
// a time for each Entropy.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/seam.h"
#include "crypto/base64.h"

namespace comity::cli {

inline std::string new_password(Entropy& entropy, size_t octets = 15) {
  std::vector<uint8_t> drawn(octets);
  entropy.fill(drawn);
  return crypto::to_base64url({reinterpret_cast<char const*>(drawn.data()), drawn.size()});
}

}  // namespace comity::cli
