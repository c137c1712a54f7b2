// Secrets in memory: what they are called, how long they are, and that they are wiped when they go.
//
// A SymmetricKey is 32 octets for prf() and seal(); one key, one purpose (25-isolation G8). Copies are allowed, each
// wipes itself. Nothing here prints, compares or encodes a secret. Wiping does not reach what a library copied, swap, or
// a core dump. Thread-safe: no state.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/seam.h"

namespace comity::crypto {

// Overwrites so that the compiler does not leave it out.
void wipe(void* octets, size_t size);

template <size_t N>
class SecretOctets {
 public:
  SecretOctets() = default;
  SecretOctets(SecretOctets const&) = default;
  SecretOctets& operator=(SecretOctets const&) = default;
  ~SecretOctets() { wipe(octets_.data(), N); }

  uint8_t* data() { return octets_.data(); }
  uint8_t const* data() const { return octets_.data(); }
  BytesView view() const { return {reinterpret_cast<char const*>(octets_.data()), N}; }

 private:
  std::array<uint8_t, N> octets_{};
};

class SymmetricKey {
 public:
  static constexpr size_t size = 32;

  // Exactly 32 octets; anything else is corrupt, for keys come from the centre's own files.
  static Result<SymmetricKey> from(BytesView octets);
  static SymmetricKey generate(Entropy& entropy);

  BytesView view() const { return octets_.view(); }
  uint8_t const* data() const { return octets_.data(); }

 private:
  SecretOctets<size> octets_;
};

// A text, such as a private key in PEM.
class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::string text) : text_(std::move(text)) {}
  SecretText(SecretText const&) = default;
  SecretText(SecretText&& other) noexcept;
  SecretText& operator=(SecretText other) noexcept;
  ~SecretText() { wipe(text_.data(), text_.size()); }

  std::string const& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace comity::crypto
