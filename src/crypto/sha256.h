// SHA-256, HMAC-SHA-256 and the one pseudo-random function of the centre (25-isolation G3).
//
// prf() is how every id, cursor and version that leaves the centre is made: HMAC-SHA-256 under a secret of the centre over
// a purpose and parts. Each part goes in with its length before it (8 octets, big-endian), so different lists of parts
// never meet in one message, and the purpose keeps the uses of one secret apart. An integer is a part of 8 octets.
//
// Sha256 hashes in pieces: update() any number of times, then finish(), after which it is as new. It holds one reused
// context of the library; one object belongs to one thread at a time. The free functions are thread-safe and keep a
// context per thread. Nothing here fails on any input; a library that refuses to work stops the process (ensure).
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "crypto/secret.h"

struct evp_md_ctx_st;

namespace comity::crypto {

class Sha256 {
 public:
  Sha256();
  Sha256& update(BytesView bytes);
  Digest finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

Digest sha256(BytesView bytes);

// A key of any length; of an empty key too.
Digest hmac_sha256(BytesView key, BytesView data);
// The same under a key of the centre, of which each thread keeps the beginning.
Digest hmac_under(SymmetricKey const& key, BytesView data);

// A part of a prf message: octets, which must outlive it, or an integer as 8 octets.
class PrfPart {
 public:
  template <class T>
    requires std::convertible_to<T const&, BytesView>
  PrfPart(T const& bytes) : bytes_(bytes) {}
  PrfPart(Digest const& digest) : bytes_(digest.view()) {}
  PrfPart(std::unsigned_integral auto number) : number_(octets_of(number)) {}
  BytesView bytes() const { return number_ ? BytesView(number_->data(), number_->size()) : bytes_; }

  static std::array<char, 8> octets_of(uint64_t number) {
    std::array<char, 8> octets;
    for (size_t i = 0; i < 8; ++i) octets[i] = static_cast<char>(number >> (56 - 8 * i));
    return octets;
  }

 private:
  BytesView bytes_;
  std::optional<std::array<char, 8>> number_;
};

Digest prf(SymmetricKey const& key, std::string_view purpose, std::initializer_list<PrfPart> parts);

template <class... Parts>
Digest prf(SymmetricKey const& key, std::string_view purpose, Parts const&... parts) {
  return prf(key, purpose, {PrfPart(parts)...});
}

}  // namespace comity::crypto
