#include "crypto/secret.h"

#include <sodium.h>

#include <cstring>
#include <utility>

namespace comity::crypto {

void wipe(void* octets, size_t size) { sodium_memzero(octets, size); }

Result<SymmetricKey> SymmetricKey::from(BytesView octets) {
  if (octets.size() != size) return fail(ErrorCode::corrupt, "a key that is not 32 octets long");
  SymmetricKey key;
  std::memcpy(key.octets_.data(), octets.data(), size);
  return key;
}

SymmetricKey SymmetricKey::generate(Entropy& entropy) {
  SymmetricKey key;
  entropy.fill({key.octets_.data(), size});
  return key;
}

// A moved-from short string keeps its octets: swapping leaves nothing behind.
SecretText::SecretText(SecretText&& other) noexcept { text_.swap(other.text_); }

SecretText& SecretText::operator=(SecretText other) noexcept {
  text_.swap(other.text_);
  return *this;
}

}  // namespace comity::crypto
