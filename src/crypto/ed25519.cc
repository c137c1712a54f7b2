#include "crypto/ed25519.h"

#include <cstring>

#include "crypto/sha256.h"
#include "crypto/sodium.h"

namespace comity::crypto {
namespace {

template <class T>
Result<T> of_size(BytesView bytes) {
  T value;
  if (bytes.size() != value.octets.size()) {
    return fail(ErrorCode::bad_input, "not " + std::to_string(value.octets.size()) + " octets long");
  }
  std::memcpy(value.octets.data(), bytes.data(), bytes.size());
  return value;
}

}  // namespace

Result<PublicKey> PublicKey::from(BytesView bytes) { return of_size<PublicKey>(bytes); }

Result<Signature> Signature::from(BytesView bytes) { return of_size<Signature>(bytes); }

SecretKey::SecretKey(uint8_t const* seed) {
  sodium_ready();
  PublicKey key;
  ensure(crypto_sign_seed_keypair(key.octets.data(), both_.data(), seed) == 0);
}

Result<SecretKey> SecretKey::from_seed(BytesView seed) {
  if (seed.size() != seed_size) return fail(ErrorCode::bad_input, "a seed that is not 32 octets long");
  return SecretKey(octets(seed));
}

SecretKey SecretKey::generate(Entropy& entropy) {
  SecretOctets<seed_size> seed;
  entropy.fill({seed.data(), seed_size});
  return SecretKey(seed.data());
}

PublicKey SecretKey::public_key() const {
  PublicKey key;
  std::memcpy(key.octets.data(), both_.data() + seed_size, key.octets.size());
  return key;
}

Signature SecretKey::sign(BytesView message) const {
  Signature signature;
  ensure(crypto_sign_detached(signature.octets.data(), nullptr, octets(message), message.size(),
                              both_.data()) == 0);
  return signature;
}

bool verify(PublicKey const& key, BytesView message, Signature const& signature) {
  sodium_ready();
  return crypto_sign_verify_detached(signature.octets.data(), octets(message), message.size(),
                                     key.octets.data()) == 0;
}

std::string key_id(PublicKey const& key) { return "ed25519:" + to_hex(sha256(key.view())).substr(0, 16); }

}  // namespace comity::crypto
