// For the tests of the server: a server on a free loopback port, and a client that sends exactly the bytes it is given.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>

#include "doors/http/server.h"
#include "release/egress.h"

namespace comity::release {

// The tests' own maker of releases, of any epoch.
struct ReleasedForTest {
  static Released<Bytes> make(Bytes bytes, uint64_t epoch) { return {std::move(bytes), epoch}; }
};

}  // namespace comity::release

namespace comity::http {

struct Answer {
  int status = 0;  // 0: the connection ended without one
  std::string head;
  std::string body;

  std::string field(std::string const& name) const {
    auto const at = head.find("\r\n" + name + ": ");
    if (at == head.npos) return {};
    auto const start = at + name.size() + 4;
    return head.substr(start, head.find("\r\n", start) - start);
  }
};

// Five seconds without a byte fail every read.
class RawClient {
 public:
  // `window`: how much its kernel takes before it reads; 0: as usual.
  explicit RawClient(uint16_t port, int window = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (window > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
    timeval const patience{5, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  ~RawClient() { close(); }
  RawClient(RawClient const&) = delete;

  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  // False when the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      auto const n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(n));
    }
    return true;
  }
  bool read_some() {
    char chunk[65536];
    auto const n = ::recv(socket_, chunk, sizeof chunk, 0);
    if (n > 0) unread_.append(chunk, static_cast<size_t>(n));
    was_reset_ = n < 0 && errno == ECONNRESET;
    return n > 0;
  }
  bool was_reset() const { return was_reset_; }
  // The next answer of this connection. The one to HEAD names a length and has no body.
  enum class To { get, head };
  Answer read(To method = To::get) {
    Answer answer;
    size_t end;
    while ((end = unread_.find("\r\n\r\n")) == unread_.npos) {
      if (!read_some()) return answer;
    }
    answer.head = unread_.substr(0, end + 2);
    unread_.erase(0, end + 4);
    answer.status = std::stoi(answer.head.substr(9, 3));
    auto const length = answer.field("Content-Length");
    size_t const wanted = method == To::head || length.empty() ? 0 : std::stoul(length);
    while (unread_.size() < wanted && read_some()) {}
    answer.body = unread_.substr(0, wanted);
    unread_.erase(0, answer.body.size());
    return answer;
  }
  Answer ask(std::string_view bytes) {
    send(bytes);
    return read();
  }
  // Nothing more comes, and the server closes.
  bool is_closed() { return unread_.empty() && !read_some(); }
  std::string take_unread() { return std::exchange(unread_, {}); }

 private:
  int socket_;
  bool was_reset_ = false;
  std::string unread_;
};

inline Reply text_reply(std::string text, uint64_t epoch = release::timeless) {
  return {200, {{"Content-Type", "text/plain"}}, release::ReleasedForTest::make(std::move(text), epoch)};
}

// Answers what it was asked: `METHOD path?name=value body-size`.
inline void echo(Request&& request, Done done) {
  std::string text(name_of(request.method));
  text += " " + request.path;
  for (auto const& [name, value] : request.query) text += "?" + name + "=" + value;
  text += " " + std::to_string(request.body.size());
  done(text_reply(std::move(text)));
}

// Quick deadlines, so that tests of slow clients are not slow.
inline ServerOptions quick_options() {
  ServerOptions options;
  options.tick = milliseconds(5);
  options.linger_within = milliseconds(100);
  return options;
}

class ServerTest : public testing::Test {
 protected:
  // Ends the server when the test ends, before what its handler refers to goes.
  struct Running {
    std::unique_ptr<Server>& server;
    ~Running() { server.reset(); }
  };
  [[nodiscard]] Running serve(ServerOptions options, Handler handler = echo) {
    server_ =
        std::make_unique<Server>(std::move(options), std::move(handler), [this] { return epoch_.load(); });
    EXPECT_TRUE(server_->start());
    return {server_};
  }
  uint16_t port() const { return server_->port(); }

  std::atomic<uint64_t> epoch_ = 1;
  std::unique_ptr<Server> server_;
};

inline constexpr std::string_view get_a = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

}  // namespace comity::http
