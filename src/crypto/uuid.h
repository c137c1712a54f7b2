// UUIDs (RFC 9562) as the STIX ids of this centre need them.
//
// uuid_v4_shaped() dresses a value of prf() as a random UUID: to whoever lacks the secret it is one, and the same content
// gives the same id (25-isolation G3). uuid_v5() is the UUID of a name in a namespace, by SHA-1, as STIX prescribes for
// observables; it is no secret and no commitment. Text is lower case. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace comity::crypto {

struct Uuid {
  std::array<uint8_t, 16> octets{};
  auto operator<=>(Uuid const&) const = default;
};

// The namespace of STIX 2.1 observables: 00abedb4-aa42-466c-9c01-fed23315a9b7.
inline constexpr Uuid stix_namespace{
    {0x00, 0xab, 0xed, 0xb4, 0xaa, 0x42, 0x46, 0x6c, 0x9c, 0x01, 0xfe, 0xd2, 0x33, 0x15, 0xa9, 0xb7}};

std::string to_text(Uuid const& uuid);

// 36 characters, hexadecimal digits of either case; any version.
std::optional<Uuid> parse_uuid(std::string_view text);

std::string uuid_v4_shaped(Digest const& digest);
std::string uuid_v5(Uuid const& name_space, BytesView name);

}  // namespace comity::crypto
