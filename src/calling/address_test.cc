#include "calling/address.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace comity::calling {
namespace {

bool is_public_text(std::string_view text) {
  auto const address = parse_address(text);
  EXPECT_TRUE(address.has_value()) << text;
  return address && is_public(*address);
}

TEST(Address, WhatIsNotOfThePublicInternetIsNotPublic) {
  for (char const* text : {"0.0.0.0",
                           "10.0.0.1",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.254",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.8",
                           "192.0.2.1",
                           "192.88.99.1",
                           "192.168.1.1",
                           "198.18.0.1",
                           "198.19.255.255",
                           "198.51.100.7",
                           "203.0.113.7",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fe80::1",
                           "fc00::1",
                           "fd12::1",
                           "ff02::1",
                           "2001:db8::1",
                           "2001::1",
                           "2002:7f00:1::1",
                           "64:ff9b::7f00:1",
                           "3fff::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.1.2.3",
                           "::127.0.0.1",
                           "5f00::1",
                           "fec0::1"})
    EXPECT_FALSE(is_public_text(text)) << text;
}

TEST(Address, TheRestIs) {
  for (char const* text :
       {"1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
        "192.0.1.1", "198.17.0.1", "198.20.0.1", "223.255.255.255", "2606:4700::1111", "2001:200::1",
        "2a00:1450::1", "::ffff:8.8.8.8"})
    EXPECT_TRUE(is_public_text(text)) << text;
}

TEST(Address, OnlyAnAddressIsOne) {
  for (char const* text : {"", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "127.0.0.1 ", "[::1]",
                           "fe80::1%eth0", "1.2.3.4.5", "1.2.3.256"})
    EXPECT_FALSE(parse_address(text).has_value()) << text;
  EXPECT_EQ(parse_address("::ffff:8.8.8.8"), parse_address("8.8.8.8"));
  EXPECT_EQ(to_text(*parse_address("8.8.8.8")), "8.8.8.8");
  EXPECT_EQ(to_text(*parse_address("2001:DB8:0::1")), "2001:db8::1");
}

TEST(Address, OfASocket) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_addr.s_addr = htonl(0x7f000001);
  EXPECT_EQ(address_of(reinterpret_cast<sockaddr const&>(v4)), parse_address("127.0.0.1"));
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_addr = in6addr_loopback;
  EXPECT_EQ(address_of(reinterpret_cast<sockaddr const&>(v6)), parse_address("::1"));
  sockaddr other{};
  other.sa_family = AF_UNIX;
  EXPECT_FALSE(address_of(other).has_value());
}

}  // namespace
}  // namespace comity::calling
