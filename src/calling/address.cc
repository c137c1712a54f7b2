#include "calling/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace comity::calling {
namespace {

constexpr std::array<uint8_t, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

Address from_v4(in_addr const& v4) {
  Address made;
  std::ranges::copy(mapped, made.octets.begin());
  std::memcpy(made.octets.data() + mapped.size(), &v4, 4);
  return made;
}

Address from_v6(in6_addr const& v6) {
  Address made;
  std::memcpy(made.octets.data(), &v6, 16);
  return made;
}

bool is_v4(Address const& address) {
  return std::equal(mapped.begin(), mapped.end(), address.octets.begin());
}

struct Block {
  std::array<uint8_t, 8> first;
  unsigned bits;
};

// Whether the first `bits` of the octets are those of the block.
bool lies_in(uint8_t const* octets, Block const& block) {
  for (unsigned bit = 0; bit < block.bits; ++bit) {
    uint8_t const mask = static_cast<uint8_t>(0x80u >> (bit % 8));
    if ((octets[bit / 8] & mask) != (block.first[bit / 8] & mask)) return false;
  }
  return true;
}

constexpr Block special_v4[] = {{{0}, 8},              // this network
                                {{10}, 8},             // private
                                {{100, 64}, 10},       // shared
                                {{127}, 8},            // loopback
                                {{169, 254}, 16},      // link-local
                                {{172, 16}, 12},       // private
                                {{192, 0, 0}, 24},     // protocols
                                {{192, 0, 2}, 24},     // documentation
                                {{192, 88, 99}, 24},   // relays of 6to4
                                {{192, 168}, 16},      // private
                                {{198, 18}, 15},       // benchmarking
                                {{198, 51, 100}, 24},  // documentation
                                {{203, 0, 113}, 24},   // documentation
                                {{224}, 4},            // multicast
                                {{240}, 4}};           // reserved, broadcast
constexpr Block global_v6 = {{0x20}, 3};
constexpr Block special_v6[] = {{{0x20, 0x01}, 23},              // protocols, Teredo among them
                                {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
                                {{0x20, 0x02}, 16},              // 6to4
                                {{0x3f, 0xff}, 20}};             // documentation

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  std::string const whole(text);
  in_addr v4{};
  if (inet_pton(AF_INET, whole.c_str(), &v4) == 1 && whole.size() == std::strlen(whole.c_str()))
    return from_v4(v4);
  in6_addr v6{};
  if (inet_pton(AF_INET6, whole.c_str(), &v6) == 1 && whole.size() == std::strlen(whole.c_str()))
    return from_v6(v6);
  return std::nullopt;
}

std::optional<Address> address_of(sockaddr const& socket) {
  if (socket.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &socket, sizeof v4);
    return from_v4(v4.sin_addr);
  }
  if (socket.sa_family != AF_INET6) return std::nullopt;
  sockaddr_in6 v6{};
  std::memcpy(&v6, &socket, sizeof v6);
  return from_v6(v6.sin6_addr);
}

std::string to_text(Address const& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (is_v4(address))
    inet_ntop(AF_INET, address.octets.data() + mapped.size(), text, sizeof text);
  else
    inet_ntop(AF_INET6, address.octets.data(), text, sizeof text);
  return text;
}

bool is_public(Address const& address) {
  auto const of_none = [](uint8_t const* octets, auto const& blocks) {
    return std::ranges::none_of(blocks, [&](Block const& block) { return lies_in(octets, block); });
  };
  if (is_v4(address)) return of_none(address.octets.data() + mapped.size(), special_v4);
  return lies_in(address.octets.data(), global_v6) && of_none(address.octets.data(), special_v6);
}

}  // namespace comity::calling
