// Where the caller does not go, however it is asked (25-isolation G12). The listeners of these tests stand on every address of
// this machine and hear whoever opens a connection, whatever he then says; names lead where the test says, since getaddrinfo
// is its own. That a call which may be made is made, over TLS and to the end, is tested by the room doors/bell.
#include "calling/caller.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <future>
#include <map>
#include <mutex>

#include "release/egress.h"

namespace comity::calling {
namespace {

// What names resolve to: each time they are asked the next of these lists, and the last for ever.
struct Names {
  std::mutex mutex;
  std::map<std::string, std::vector<std::vector<std::string>>> lists;
  std::map<std::string, size_t> asked;
};
Names& names() {
  static Names all;
  return all;
}

// One block of memory each, as the library that frees them expects.
addrinfo* made(std::string const& text, uint16_t port, addrinfo* next) {
  auto* const info = static_cast<addrinfo*>(std::calloc(1, sizeof(addrinfo) + sizeof(sockaddr_in6)));
  auto* const at = reinterpret_cast<sockaddr*>(info + 1);
  bool const v6 = text.find(':') != text.npos;
  if (v6) {
    auto* const socket = reinterpret_cast<sockaddr_in6*>(at);
    socket->sin6_port = htons(port);
    EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &socket->sin6_addr), 1);
  } else {
    auto* const socket = reinterpret_cast<sockaddr_in*>(at);
    socket->sin_port = htons(port);
    EXPECT_EQ(::inet_pton(AF_INET, text.c_str(), &socket->sin_addr), 1);
  }
  at->sa_family = v6 ? AF_INET6 : AF_INET;
  info->ai_family = at->sa_family;
  info->ai_socktype = SOCK_STREAM;
  info->ai_protocol = IPPROTO_TCP;
  info->ai_addr = at;
  info->ai_addrlen = v6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
  info->ai_next = next;
  return info;
}

}  // namespace
}  // namespace comity::calling

// Takes the place of the C library's for this program.
extern "C" int getaddrinfo(char const* node, char const* service, addrinfo const*, addrinfo** result) {
  using namespace comity::calling;
  *result = nullptr;
  std::lock_guard const lock(names().mutex);
  auto const known = names().lists.find(node ? node : "");
  if (known == names().lists.end()) return EAI_NONAME;
  size_t const nth = names().asked[known->first]++;
  auto const& list = known->second[std::min(nth, known->second.size() - 1)];
  auto const port = static_cast<uint16_t>(service ? std::atoi(service) : 0);
  for (auto text = list.rbegin(); text != list.rend(); ++text) *result = made(*text, port, *result);
  return 0;
}

namespace comity::calling {
namespace {

class Calls : public testing::Test {
 protected:
  // Both families, all addresses, one port.
  void SetUp() override {
    listener_ = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int const off = 0;
    ASSERT_EQ(::setsockopt(listener_, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off), 0);
    sockaddr_in6 any{};
    any.sin6_family = AF_INET6;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&any), sizeof any) != 0) GTEST_SKIP() << "no IPv6 here";
    ASSERT_EQ(::listen(listener_, 64), 0);
    socklen_t length = sizeof any;
    ASSERT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&any), &length), 0);
    port_ = std::to_string(ntohs(any.sin6_port));
  }
  void TearDown() override {
    ::close(listener_);
    std::lock_guard const lock(names().mutex);
    names().lists.clear();
    names().asked.clear();
  }

  void name(std::string const& text, std::vector<std::vector<std::string>> lists) {
    std::lock_guard const lock(names().mutex);
    names().lists[text] = std::move(lists);
  }
  size_t asked(std::string const& text) {
    std::lock_guard const lock(names().mutex);
    return names().asked[text];
  }

  // `PORT` is where this test listens.
  Called call(std::string url, std::vector<std::string> const& allowed = {}) {
    if (size_t const at = url.find("PORT"); at != url.npos) url.replace(at, 4, port_);
    std::vector<Address> addresses;
    for (std::string const& text : allowed) addresses.push_back(*parse_address(text));
    auto const told = std::make_shared<std::promise<Called>>();
    caller_.post({url, addresses, {}, release::Egress::fixed("{}")},
                 [told](Called called) { told->set_value(called); });
    auto answer = told->get_future();
    EXPECT_EQ(answer.wait_for(std::chrono::seconds(20)), std::future_status::ready) << url;
    return answer.get();
  }

  // The addresses that connections were opened to since, ended at once.
  std::vector<std::string> opened() {
    std::vector<std::string> all;
    for (pollfd ready{listener_, POLLIN, 0}; ::poll(&ready, 1, 50) == 1;) {
      int const one = ::accept(listener_, nullptr, nullptr);
      sockaddr_in6 here{};
      socklen_t length = sizeof here;
      EXPECT_EQ(::getsockname(one, reinterpret_cast<sockaddr*>(&here), &length), 0);
      all.push_back(to_text(*address_of(reinterpret_cast<sockaddr const&>(here))));
      ::close(one);
    }
    return all;
  }
  // Ends whoever comes, so that a call which is made fails at once; after so many, stops.
  std::future<std::vector<std::string>> hear(size_t many) {
    return std::async(std::launch::async, [this, many] {
      std::vector<std::string> all;
      for (int i = 0; i < 200 && all.size() < many; ++i)
        for (std::string& one : opened()) all.push_back(std::move(one));
      return all;
    });
  }

  int listener_ = -1;
  std::string port_;
  Caller caller_;
};

TEST_F(Calls, NoAddressOfThisMachineOrItsNetworkHoweverItIsWritten) {
  for (char const* host : {"127.0.0.1",
                           "127.1",
                           "127.0.1",
                           "2130706433",
                           "0x7f000001",
                           "0x7f.1",
                           "017700000001",
                           "0177.0.0.1",
                           "0.0.0.0",
                           "0",
                           "00000000",
                           "127.255.255.254",
                           "[::]",
                           "[::1]",
                           "[0:0:0:0:0:0:0:1]",
                           "[::ffff:127.0.0.1]",
                           "[::ffff:7f00:1]",
                           "[::127.0.0.1]",
                           "[::7f00:1]",
                           "[64:ff9b::7f00:1]",
                           "[2002:7f00:1::]",
                           "10.0.0.1",
                           "192.168.0.1",
                           "172.16.0.1",
                           "169.254.169.254",
                           "0xa9fea9fe",
                           "[::ffff:169.254.169.254]",
                           "[fe80::1]",
                           "[fd00:ec2::254]",
                           "100.64.0.1",
                           "224.0.0.1",
                           "[ff02::1]",
                           "255.255.255.255"}) {
    Called const called = call("https://" + std::string(host) + ":PORT/");
    EXPECT_EQ(called.end, End::not_allowed) << host;
    EXPECT_EQ(called.status, 0) << host;
    EXPECT_TRUE(opened().empty()) << host;
  }
}

TEST_F(Calls, NoNameThatLeadsThere) {
  for (char const* address :
       {"127.0.0.1", "10.1.2.3", "192.168.1.1", "172.31.0.1", "169.254.169.254", "100.100.100.100", "0.0.0.0",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1", "fd00::1", "ff02::1", "64:ff9b::a00:1",
        "2002:a00:1::"}) {
    name("rebound.example", {{address}});
    EXPECT_EQ(call("https://rebound.example:PORT/").end, End::not_allowed) << address;
    EXPECT_TRUE(opened().empty()) << address;
  }
}

TEST_F(Calls, OfSeveralAddressesOnlyTheOneThatIsAllowed) {
  name("several.example", {{"10.1.2.3", "::1", "127.0.0.9", "169.254.169.254"}});
  auto heard = hear(1);
  EXPECT_NE(call("https://several.example:PORT/", {"127.0.0.9"}).end, End::answered);
  EXPECT_EQ(heard.get(), std::vector<std::string>{"127.0.0.9"});
}

// The address that was judged is the one that is called: a name is asked for once a call, and each call judges anew.
TEST_F(Calls, ANameThatLeadsElsewhereTheSecondTimeIsNotFollowed) {
  name("rebound.example", {{"127.0.0.9"}, {"127.0.0.1"}});
  auto heard = hear(1);
  EXPECT_EQ(call("https://rebound.example:PORT/", {"127.0.0.9"}).end, End::no_answer);
  EXPECT_EQ(heard.get(), std::vector<std::string>{"127.0.0.9"});
  EXPECT_EQ(asked("rebound.example"), 1u);
  EXPECT_EQ(call("https://rebound.example:PORT/", {"127.0.0.9"}).end, End::not_allowed);
  EXPECT_EQ(asked("rebound.example"), 2u) << "nothing is remembered of it";
  EXPECT_TRUE(opened().empty());
}

TEST_F(Calls, WhatIsAllowedIsThatAddressAndNoNeighbour) {
  for (char const* allowed : {"127.0.0.2", "10.0.0.1", "::1", "0.0.0.0"})
    EXPECT_EQ(call("https://127.0.0.1:PORT/", {allowed}).end, End::not_allowed) << allowed;
  EXPECT_TRUE(opened().empty());
}

// What stands before an @ is no host; what stands behind it is judged.
TEST_F(Calls, AUserInAUrlHidesNothing) {
  name("public.example", {{"127.0.0.1"}});
  for (char const* url : {"https://8.8.8.8@127.0.0.1:PORT/", "https://8.8.8.8:443@127.0.0.1:PORT/",
                          "https://user:word@public.example:PORT/", "https://8.8.8.8%40127.0.0.1:PORT/",
                          "https://127.0.0.1:PORT\\@8.8.8.8/", "https://127.0.0.1:PORT#@8.8.8.8/"}) {
    EXPECT_NE(call(url).end, End::answered) << url;
    EXPECT_TRUE(opened().empty()) << url;
  }
}

TEST_F(Calls, NoOtherScheme) {
  for (char const* url :
       {"http://127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/", "ftps://127.0.0.1:PORT/", "file:///etc/passwd",
        "gopher://127.0.0.1:PORT/_x", "dict://127.0.0.1:PORT/x", "ldap://127.0.0.1:PORT/",
        "smtp://127.0.0.1:PORT/", "telnet://127.0.0.1:PORT/", "scp://127.0.0.1:PORT/x", "127.0.0.1:PORT",
        "//127.0.0.1:PORT/", "", "https://", "https:///etc/passwd"}) {
    EXPECT_EQ(call(url, {"127.0.0.1"}).end, End::no_answer) << url;
    EXPECT_TRUE(opened().empty()) << url;
  }
}

TEST_F(Calls, NoPortThatIsNone) {
  for (char const* port : {"0", "65536", "99999", "-1", "x"})
    EXPECT_NE(call("https://127.0.0.1:" + std::string(port) + "/", {"127.0.0.1"}).end, End::answered) << port;
}

TEST_F(Calls, NoProxyOfTheEnvironment) {
  std::string const proxy = "http://127.0.0.1:" + port_ + "/";
  for (char const* variable : {"https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"})
    ::setenv(variable, proxy.c_str(), 1);
  name("public.example", {{"10.0.0.1"}});
  EXPECT_EQ(call("https://public.example/").end, End::not_allowed);
  EXPECT_TRUE(opened().empty());
  for (char const* variable : {"https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"})
    ::unsetenv(variable);
}

TEST_F(Calls, ANameThatIsNotThereIsNoAnswer) {
  EXPECT_EQ(call("https://nowhere.example:PORT/").end, End::no_answer);
}

TEST(Waiting, DoublesUpToAnHour) {
  using std::chrono::seconds;
  EXPECT_EQ(wait_after(0), seconds(0));
  EXPECT_EQ(wait_after(1), seconds(5));
  EXPECT_EQ(wait_after(2), seconds(10));
  EXPECT_EQ(wait_after(10), seconds(2560));
  EXPECT_EQ(wait_after(11), seconds(3600));
  EXPECT_EQ(wait_after(1'000'000), seconds(3600));
}

}  // namespace
}  // namespace comity::calling
