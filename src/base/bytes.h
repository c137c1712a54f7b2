// Byte strings and digests.
//
// A byte string is a std::string: it is owned, moves cheaply and is what every library here takes. Whether it holds
// text (UTF-8) or arbitrary octets is said by the name of the variable, never guessed from the content.
// A Digest is 32 octets, the size of SHA-256 and of HMAC-SHA-256; it orders by its octets and has no "empty" state
// but all zeros, which stands for "none" where a struct says so.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace comity {

using Bytes = std::string;
using BytesView = std::string_view;

struct Digest {
  std::array<uint8_t, 32> octets{};

  auto operator<=>(Digest const&) const = default;
  bool is_none() const { return *this == Digest{}; }
  BytesView view() const { return {reinterpret_cast<char const*>(octets.data()), octets.size()}; }

  // `bytes` must be 32 long; anything shorter is filled with zeros and anything longer is cut.
  static Digest from(BytesView bytes) {
    Digest digest;
    std::memcpy(digest.octets.data(), bytes.data(), bytes.size() < 32 ? bytes.size() : 32);
    return digest;
  }
};

struct DigestHash {
  size_t operator()(Digest const& digest) const {
    size_t value;
    std::memcpy(&value, digest.octets.data(), sizeof value);
    return value;
  }
};

// Lower-case hexadecimal.
std::string to_hex(BytesView bytes);
inline std::string to_hex(Digest const& digest) { return to_hex(digest.view()); }

// Reads exactly 64 hexadecimal digits; anything else gives the none digest and false.
bool from_hex(std::string_view text, Digest& out);

}  // namespace comity
