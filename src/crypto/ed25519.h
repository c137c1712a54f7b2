// Ed25519 (RFC 8032): binding keys, officers' keys, ticket and checkpoint keys.
//
// A SecretKey is made from a seed of 32 octets and wiped when it goes; its public key is part of it, so a signature is
// never made with the wrong half. Signing is deterministic: one key and one message give one signature. verify() is
// strict as libsodium is: a signature whose second half is not reduced, or a key of small order, does not hold, so one
// message has no second signature that a stranger could derive. It decides by its arguments alone; replay relies on
// that. What is signed is up to the caller and must say what it is for ("comity-act/1\n", G8). Thread-safe.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/seam.h"
#include "crypto/secret.h"

namespace comity::crypto {

struct PublicKey {
  std::array<uint8_t, 32> octets{};
  auto operator<=>(PublicKey const&) const = default;
  BytesView view() const { return {reinterpret_cast<char const*>(octets.data()), octets.size()}; }

  // bad_input unless `bytes` is 32 long. Whether it is a point of the curve shows when it is used.
  static Result<PublicKey> from(BytesView bytes);
};

struct Signature {
  std::array<uint8_t, 64> octets{};
  auto operator<=>(Signature const&) const = default;
  BytesView view() const { return {reinterpret_cast<char const*>(octets.data()), octets.size()}; }

  // bad_input unless `bytes` is 64 long.
  static Result<Signature> from(BytesView bytes);
};

class SecretKey {
 public:
  static constexpr size_t seed_size = 32;

  // bad_input unless `seed` is 32 long.
  static Result<SecretKey> from_seed(BytesView seed);
  static SecretKey generate(Entropy& entropy);

  PublicKey public_key() const;
  BytesView seed() const { return both_.view().substr(0, seed_size); }
  Signature sign(BytesView message) const;

 private:
  explicit SecretKey(uint8_t const* seed);

  SecretOctets<64> both_;  // seed, public key
};

bool verify(PublicKey const& key, BytesView message, Signature const& signature);

// `ed25519:` and the first 16 hexadecimal digits of SHA-256 of the public key (15-forms).
std::string key_id(PublicKey const& key);

}  // namespace comity::crypto
