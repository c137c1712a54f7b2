#include "cli/supervisor.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <filesystem>

namespace comity::cli {
namespace {

// A socket as systemd makes one: a path, or a name outside of all folders, written with an @.
class Ear {
 public:
  explicit Ear(std::string const& name) : file_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    std::ranges::copy(name, at.sun_path);
    if (name.starts_with('@')) at.sun_path[0] = '\0';
    EXPECT_EQ(::bind(file_, reinterpret_cast<sockaddr const*>(&at),
                     static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size())),
              0);
  }
  ~Ear() { ::close(file_); }
  Ear(Ear const&) = delete;

  std::string heard() {
    std::array<char, 256> text{};
    auto const length = ::recv(file_, text.data(), text.size(), MSG_DONTWAIT);
    return length < 0 ? "" : std::string(text.data(), static_cast<size_t>(length));
  }

 private:
  int const file_;
};

Supervisor told_of(std::string const& name) {
  ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
  return {};
}

TEST(Supervisor, IsToldOnItsSocket) {
  std::string folder = testing::TempDir() + "comity-ear-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  for (std::string const& name : {folder + "/ear", "@comity-ear-" + std::to_string(::getpid())}) {
    Ear ear(name);
    Supervisor const supervisor = told_of(name);
    EXPECT_EQ(std::getenv("NOTIFY_SOCKET"), nullptr) << "children do not speak for the centre";
    EXPECT_TRUE(supervisor.tell("READY=1\nSTATUS=serving")) << name;
    EXPECT_EQ(ear.heard(), "READY=1\nSTATUS=serving");
  }
  std::filesystem::remove_all(folder);
}

TEST(Supervisor, WhereThereIsNoneNothingIsWrong) {
  ::unsetenv("NOTIFY_SOCKET");
  EXPECT_FALSE(Supervisor().tell("READY=1"));
  for (std::string const& name :
       {std::string("/nowhere/at/all"), std::string("not-a-path"), std::string(200, '/')})
    EXPECT_FALSE(told_of(name).tell("READY=1")) << name;
}

}  // namespace
}  // namespace comity::cli
