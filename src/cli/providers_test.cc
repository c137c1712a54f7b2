// A provider of identities as the host describes it in a file.
#include "cli/providers.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/limits.h"

namespace comity::cli {
namespace {

class ProviderFiles : public testing::Test {
 protected:
  ProviderFiles() {
    std::string pattern = "/tmp/comity-providers-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ProviderFiles() override { std::filesystem::remove_all(folder_); }

  std::string write(std::string const& name, std::string const& text, mode_t mode) {
    std::string const path = folder_ + "/" + name;
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }
  static std::string text(std::string const& more = {}) {
    return "issuer = \"ru/login\"\nlabel = \"Ministry\"\nclient-id = \"comity\"\n"
           "authorization-endpoint = \"https://login.example/authorize\"\n"
           "token-endpoint = \"https://login.example/token\"\n" +
           more;
  }
  std::string wrong(std::string const& content) {
    auto const read = provider_in(content, folder_ + "/login.toml");
    return read ? "" : read.error().detail;
  }
  std::string folder_;
};

TEST_F(ProviderFiles, SayWhoAndWhere) {
  write("secret", "s3cret\n", 0600);
  auto const path = write(
      "login.toml", text("client-secret-file = \"secret\"\nallow = [\"10.1.2.3\", \"fd00::1\"]\n"), 0644);
  auto const all = read_providers({path});
  ASSERT_TRUE(all) << all.error().detail;
  ASSERT_EQ(all->size(), 1u);
  EXPECT_EQ(all->front().issuer, "ru/login");
  EXPECT_EQ(all->front().client_secret, "s3cret");
  EXPECT_EQ(all->front().allowed.size(), 2u);
  EXPECT_TRUE(read_providers({})->empty());
  EXPECT_FALSE(read_providers(std::vector(limits::openid_providers + 1, path)));
}

TEST_F(ProviderFiles, AreRefusedWhole) {
  EXPECT_EQ(wrong(text()), "");
  EXPECT_NE(wrong(text("colour = \"red\"\n")).find("line 6: there is no colour"), std::string::npos);
  EXPECT_NE(wrong("issuer = \"ru/login\"\n").find("says no label"), std::string::npos);
  EXPECT_NE(wrong("issuer = \"login\"\n").find("like ru/login"), std::string::npos);
  EXPECT_NE(wrong("issuer = 7\n").find("takes a string"), std::string::npos);
  EXPECT_NE(wrong(text("allow = [\"localhost\"]\n")).find("takes addresses"), std::string::npos);
  EXPECT_NE(wrong(text("allow = \"10.1.2.3\"\n")).find("takes a list"), std::string::npos);
  for (char const* url : {"http://login.example/token", "https://", "https://user@login.example/", "/token",
                          "https://login.example/#a", "https://login.example/a b"})
    EXPECT_NE(wrong("token-endpoint = \"" + std::string(url) + "\"\n").find("takes a URL with https://"),
              std::string::npos)
        << url;
}

TEST_F(ProviderFiles, AreTheHostsAlone) {
  EXPECT_FALSE(read_providers({write("login.toml", text(), 0666)}))
      << "who writes it says where the centre calls";
  write("secret", "s3cret\n", 0644);
  EXPECT_NE(wrong(text("client-secret-file = \"secret\"\n")).find("may be read by everybody"),
            std::string::npos);
  write("secret", "\n", 0600);
  EXPECT_NE(wrong(text("client-secret-file = \"secret\"\n")).find("is not a secret"), std::string::npos);
  EXPECT_NE(wrong(text("client-secret-file = \"absent\"\n")), "");
}

}  // namespace
}  // namespace comity::cli
