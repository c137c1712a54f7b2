// The TLS of the server against OpenSSL's own client, over a real socket. Certificates are made by the openssl command,
// which everyone who serves TLS has; a machine without it skips these with a message.
#include "doors/http/tls.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "doors/http/client.h"
#include "doors/http/server_fixture.h"

namespace comity::http {
namespace {

namespace fs = std::filesystem;

std::string output_of(std::string const& command) {
  std::string out;
  std::FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  for (char chunk[4096]; pipe != nullptr;) {
    size_t const n = std::fread(chunk, 1, sizeof chunk, pipe);
    if (n == 0) break;
    out.append(chunk, n);
  }
  if (pipe != nullptr) ::pclose(pipe);
  return out;
}

class Tls : public ServerTest {
 protected:
  void SetUp() override {
    if (output_of("openssl version").find("OpenSSL") == std::string::npos)
      GTEST_SKIP() << "no openssl command";
    make("server", "localhost");
  }

  ~Tls() override { fs::remove_all(folder_); }

  std::string path(std::string const& name) const { return folder_ + "/" + name; }

  void make(std::string const& name, std::string subject) {
    for (size_t at = 0; (at = subject.find('/', at)) != std::string::npos; at += 2) subject.insert(at, "\\");
    output_of(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=" +
        subject + "' -keyout " + path(name + ".key") + " -out " + path(name + ".pem"));
  }

  TlsFiles files() const { return {path("server.pem"), path("server.key"), ""}; }

  ServerOptions options() const {
    ServerOptions made = quick_options();
    made.tls = TlsServer::open(files()).value();
    return made;
  }

  // What openssl's client shows of a request and its answer.
  std::string client(std::string const& flags, std::string const& request = std::string(get_a)) const {
    std::ofstream(path("request")) << request;
    return output_of("timeout 10 openssl s_client -connect 127.0.0.1:" + std::to_string(port()) +
                     " -ign_eof " + flags + " < " + path("request"));
  }

  std::string const folder_ = [] {
    std::string pattern = testing::TempDir() + "comity-tls-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    return pattern;
  }();
};

constexpr std::string_view last = "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

TEST_F(Tls, ARequestIsAnsweredIn12AndIn13) {
  auto const running = serve(options());
  for (auto const* version : {"-tls1_2", "-tls1_3"}) {
    auto const seen = client(version, std::string(last));
    EXPECT_NE(seen.find("HTTP/1.1 200 OK"), std::string::npos) << version << seen;
    EXPECT_NE(seen.find("GET /a 0"), std::string::npos) << version;
  }
}

TEST_F(Tls, WhatIsOlderOrWeakerIsNotSpoken) {
  auto const running = serve(options());
  EXPECT_EQ(client("-tls1_1 -cipher ALL:@SECLEVEL=0", std::string(last)).find("HTTP/1.1"), std::string::npos);
  EXPECT_EQ(
      client("-tls1_2 -cipher AES128-SHA256:AES256-GCM-SHA384:ECDHE-ECDSA-AES128-SHA", std::string(last))
          .find("HTTP/1.1"),
      std::string::npos)
      << "no forward secrecy, or no AEAD";
}

TEST_F(Tls, PlainHttpIsNotAnswered) {
  auto const running = serve(options());
  RawClient plain(port());
  EXPECT_EQ(plain.ask(get_a).status, 0);
}

// What the command line's --ca is: an authority of one's own is enough, and nobody else's will do.
TEST_F(Tls, TheClientTrustsTheAuthoritiesItWasGiven) {
  make("server", "localhost' -addext 'subjectAltName=DNS:localhost");
  make("stranger", "localhost");
  auto const running = serve(options());
  std::string const url = "https://localhost:" + std::to_string(port()) + "/a";
  Client trusting(path("server.pem")), other(path("stranger.pem")), usual;
  auto const answer = trusting.fetch({.url = url});
  ASSERT_TRUE(answer.has_value()) << answer.error().detail;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(other.fetch({.url = url}).error().code, ErrorCode::io);
  EXPECT_EQ(usual.fetch({.url = url}).error().code, ErrorCode::io);
}

TEST_F(Tls, ABodyOfManyRecordsGoesThroughWhole) {
  std::string const large(3'000'000, 'x');
  auto const running = serve(options(), [&](Request&& request, Done done) {
    done(text_reply(large + std::to_string(request.body.size())));
  });
  std::string const sent(500'000, 'y');
  auto const seen = client(
      "-quiet", "POST /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 500000\r\n\r\n" + sent);
  EXPECT_NE(seen.find("x500000"), std::string::npos);
  EXPECT_GT(seen.size(), large.size());
}

TEST_F(Tls, AClientThatSaysNothingIsCutOff) {
  auto made = options();
  made.head_within = milliseconds(50);
  auto const running = serve(made);
  RawClient silent(port());
  EXPECT_TRUE(silent.is_closed());
}

TEST_F(Tls, TheCertificateOfAClientIsKnown) {
  make("client", "ru/mfa/feed");
  auto const running = serve(options(), [](Request&& request, Done done) {
    done(text_reply(request.certificate
                        ? request.certificate->common_name + " " + to_hex(request.certificate->key) + "."
                        : "nobody."));
  });
  EXPECT_NE(client("", std::string(last)).find("nobody."), std::string::npos);
  auto const seen = client("-cert " + path("client.pem") + " -key " + path("client.key"), std::string(last));
  auto const pin = output_of("openssl x509 -in " + path("client.pem") +
                             " -pubkey -noout | openssl pkey -pubin -outform der | sha256sum");
  EXPECT_NE(seen.find("ru/mfa/feed " + pin.substr(0, 64) + "."), std::string::npos) << seen;
}

TEST_F(Tls, WithAuthoritiesOthersAreNotLetIn) {
  make("client", "ru/mfa/feed");
  make("other", "ru/mfa/feed");
  auto made = quick_options();
  made.tls = TlsServer::open({path("server.pem"), path("server.key"), path("client.pem")}).value();
  auto const running = serve(made);
  auto const as = [&](std::string const& name) {
    return client("-tls1_2 -cert " + path(name + ".pem") + " -key " + path(name + ".key"), std::string(last));
  };
  EXPECT_NE(as("client").find("HTTP/1.1 200"), std::string::npos);
  EXPECT_EQ(as("other").find("HTTP/1.1 200"), std::string::npos);
}

TEST_F(Tls, RenewedFilesAreTakenAndBrokenOnesLeft) {
  auto tls = TlsServer::open(files()).value();
  EXPECT_FALSE(tls->reload().value());
  auto made = quick_options();
  made.tls = tls;
  auto const running = serve(made);
  auto const subject = [&] { return client("-brief", std::string(last)); };
  EXPECT_NE(subject().find("CN = localhost"), std::string::npos) << subject();
  fs::last_write_time(path("server.pem"), fs::file_time_type::clock::now() - std::chrono::hours(1));
  make("server", "renewed");
  EXPECT_TRUE(tls->reload().value());
  EXPECT_NE(subject().find("CN = renewed"), std::string::npos);
  std::ofstream(path("server.key")) << "nonsense";
  fs::last_write_time(path("server.key"), fs::file_time_type::clock::now() - std::chrono::hours(2));
  EXPECT_FALSE(tls->reload().has_value());
  EXPECT_FALSE(tls->reload().value()) << "said once";
  EXPECT_NE(subject().find("CN = renewed"), std::string::npos);
}

TEST_F(Tls, WhatIsWrongWithAFileIsSaid) {
  make("other", "other");
  EXPECT_NE(TlsServer::open({path("nowhere"), path("server.key"), ""}).error().detail.find("nowhere"),
            std::string::npos);
  EXPECT_NE(
      TlsServer::open({path("server.pem"), path("other.key"), ""}).error().detail.find("not the key of"),
      std::string::npos);
}

TEST_F(Tls, AKeyThatEverybodyMayReadIsRefused) {
  std::string const key = path("server.key");
  fs::permissions(key, fs::perms::others_read, fs::perm_options::add);
  auto const opened = TlsServer::open(files());
  ASSERT_FALSE(opened.has_value());
  EXPECT_NE(opened.error().detail.find("chmod o= " + key), std::string::npos) << opened.error().detail;
  fs::permissions(key, fs::perms::owner_read | fs::perms::group_read);
  EXPECT_TRUE(TlsServer::open(files()).has_value());
}

}  // namespace
}  // namespace comity::http
