#include "crypto/uuid.h"

#include <openssl/evp.h>

#include <algorithm>
#include <charconv>

#include "base/ensure.h"

namespace comity::crypto {
namespace {

constexpr bool is_dash_at(size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

// The first 16 octets of a digest with the bits of version and variant put in.
std::string shaped(uint8_t const* digest, uint8_t version) {
  Uuid uuid;
  std::copy_n(digest, 16, uuid.octets.begin());
  uuid.octets[6] = static_cast<uint8_t>((uuid.octets[6] & 0x0f) | version << 4);
  uuid.octets[8] = static_cast<uint8_t>((uuid.octets[8] & 0x3f) | 0x80);
  return to_text(uuid);
}

}  // namespace

std::string to_text(Uuid const& uuid) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(36, '-');
  size_t at = 0;
  for (uint8_t const octet : uuid.octets) {
    if (is_dash_at(at)) ++at;
    text[at++] = digits[octet >> 4];
    text[at++] = digits[octet & 15];
  }
  return text;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid uuid;
  size_t filled = 0;
  for (size_t i = 0; i < text.size();) {
    if (is_dash_at(i)) {
      if (text[i++] != '-') return std::nullopt;
      continue;
    }
    auto const [end, status] = std::from_chars(&text[i], &text[i] + 2, uuid.octets[filled++], 16);
    if (status != std::errc{} || end != &text[i] + 2) return std::nullopt;
    i += 2;
  }
  return uuid;
}

std::string uuid_v4_shaped(Digest const& digest) { return shaped(digest.octets.data(), 4); }

std::string uuid_v5(Uuid const& name_space, BytesView name) {
  Bytes message(reinterpret_cast<char const*>(name_space.octets.data()), name_space.octets.size());
  message += name;
  std::array<uint8_t, EVP_MAX_MD_SIZE> digest{};
  ensure(EVP_Digest(message.data(), message.size(), digest.data(), nullptr, EVP_sha1(), nullptr) == 1);
  return shaped(digest.data(), 5);
}

}  // namespace comity::crypto
