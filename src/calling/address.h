// Which addresses the centre may call (25-isolation G12): those of the public internet, and no other unless one is allowed
// by itself. What a name resolves to is not for its owner to choose freely: a party that registers `feeds.example`, and lets
// it lead to 127.0.0.1, 169.254.169.254 or a neighbour's printer, is not called there.
//
// Public is what IANA's registries of special-purpose addresses leave (RFC 6890, RFC 8190): not private, loopback,
// link-local, shared, documentation, benchmarking, multicast or reserved. Of IPv6 only 2000::/3 is, without what stands for
// an IPv4 address (6to4, Teredo) or for nobody; an IPv4 address written as IPv6 is judged as IPv4. Pure; thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace comity::calling {

// As 16 octets; IPv4 as ::ffff:a.b.c.d.
struct Address {
  std::array<uint8_t, 16> octets{};
  auto operator<=>(Address const&) const = default;
};

// `10.1.2.3`, `2001:db8::1`; none for anything else, brackets and zones included.
std::optional<Address> parse_address(std::string_view text);
// None for what is neither IPv4 nor IPv6.
std::optional<Address> address_of(sockaddr const& socket);
std::string to_text(Address const& address);

bool is_public(Address const& address);

}  // namespace comity::calling
