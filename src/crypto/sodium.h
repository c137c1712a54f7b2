// libsodium made ready, and its pointer types, for the .cc files of this room and for no header: whoever includes this
// includes libsodium. Thread-safe.
#pragma once

#include <sodium.h>

#include "base/bytes.h"
#include "base/ensure.h"

namespace comity::crypto {

// Before the first call of anything that depends on the processor or on randomness. Any thread, any number of times.
inline void sodium_ready() {
  static int const status = sodium_init();
  ensure(status >= 0);
}

inline uint8_t const* octets(BytesView bytes) { return reinterpret_cast<uint8_t const*>(bytes.data()); }
inline uint8_t* octets(Bytes& bytes) { return reinterpret_cast<uint8_t*>(bytes.data()); }

}  // namespace comity::crypto
