// One connection: a coroutine on one event loop. Inside this room only; this header and its two sources are the only ones
// that include Asio.
//
// Whatever touches a connection runs on its loop. Two things come from outside: an answer (ticket.h) and stop(), which posts.
// Deadlines are a number per connection that the loop's watch() compares every tick: setting one costs a store, where a timer
// of its own would cost two heap operations.
#pragma once

#include <boost/asio.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_set>

#include "doors/http/loop.h"
#include "doors/http/parser.h"
#include "doors/http/read_buffer.h"
#include "doors/http/shared.h"
#include "doors/http/target.h"
#include "doors/http/wire.h"

namespace comity::http {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Code = boost::system::error_code;
using Steady = std::chrono::steady_clock;

inline constexpr size_t tls_record = 17u << 10;  // one record of TLS, with its head and tag
inline constexpr auto no_deadline = Steady::time_point::max();
inline Steady::time_point in(Duration time) { return Steady::now() + std::chrono::microseconds(time.us); }
inline auto awaiting(Code& code) { return asio::redirect_error(asio::use_awaitable, code); }

class Connection;

// One event loop with its thread.
struct Worker {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(context);
  asio::steady_timer ticks{context};
  std::shared_ptr<Loop> loop =
      std::make_shared<Loop>([this] { asio::post(context, [this] { loop->run(); }); });
  std::unordered_set<Connection*> connections;  // touched on the loop only
  std::thread thread;
  DateText date;
  bool ended = false;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Shared& shared, Worker& worker, tcp::socket socket, std::string peer, std::optional<Slot> slot)
      : shared_(shared),
        worker_(worker),
        socket_(std::move(socket)),
        woken_(worker.context, no_deadline),
        peer_(std::move(peer)),
        slot_(std::move(slot)),
        buffer_(shared.options.head_bytes) {
    if (shared.options.tls) tls_.emplace(shared.options.tls->session());
    if (!slot_) ++shared_.turned_away;
    std::lock_guard const lock(shared_.mutex);
    ++shared_.alive;
  }

  ~Connection() {
    if (!slot_) --shared_.turned_away;
    bool const counted = slot_.has_value();
    slot_.reset();
    if (counted) shared_.tell_connections();
    std::lock_guard const lock(shared_.mutex);
    if (--shared_.alive == 0) shared_.all_gone.notify_all();
  }

  static asio::awaitable<void> run(std::shared_ptr<Connection> self);

  // On the loop.
  void expire_at(Steady::time_point now) {
    if (now < deadline_) return;
    deadline_ = no_deadline;
    expired_ = true;
    Code ignored;
    socket_.cancel(ignored);
  }
  // On the loop: what is open for somebody whose rights have ended is reset, not drained (25-isolation F12).
  void look_for_cut();
  void drain() {
    if (idle_) close();
    if (streams_) reset();  // its reader comes again, and goes on where it was
  }
  void reset();
  // From any thread, as long as ask() waits: it holds the ticket that calls this.
  void wake() {
    asio::dispatch(worker_.context, [self = shared_from_this()] { self->woken_.cancel(); });
  }

 private:
  enum class Got { whole, refused, gone };
  struct Inbound {
    Got got;
    int status = 0;
    std::string path = {};  // of a refused one, as far as it is known
  };
  struct Shape {
    Persistence persistence;
    bool head_only;
    std::string path;  // for the form of a refusal; "" if not known
  };

  asio::awaitable<bool> exchange(size_t nth);
  asio::awaitable<Inbound> read_head(RequestParser& parser);
  asio::awaitable<Inbound> read_body(RequestParser& parser);
  Inbound refused(int status) const { return {Got::refused, status, path_in(unread())}; }
  asio::awaitable<std::optional<Reply>> ask(Request request, std::string const& path);
  asio::awaitable<std::optional<Reply>> answer_to(std::function<void(Done)> const& question);
  asio::awaitable<bool> send(Reply& reply, Shape shape, Access& access);
  asio::awaitable<bool> send_stream(Reply reply, Shape shape, Access& access);
  asio::awaitable<bool> send_chunk(Reply& reply, Framing framing, Access& access);
  asio::awaitable<bool> send_body(Reply& reply, BytesView before, Access& access);
  asio::awaitable<bool> handshake();
  asio::awaitable<bool> read_some();
  asio::awaitable<bool> read_tls();
  asio::awaitable<bool> receive(std::span<char> space, size_t& received);
  asio::awaitable<bool> send_bytes(BytesView first, BytesView second);
  asio::awaitable<bool> send_plainly(BytesView first, BytesView second);
  asio::awaitable<void> linger();
  // Counts what is held of the body of this request. False: it is too much, all of them together.
  bool hold(size_t octets) {
    shared_.bodies += octets - held_;
    held_ = octets;
    return shared_.bodies <= shared_.options.bodies_bytes;
  }
  struct Holding {
    Connection& connection;
    ~Holding() { connection.hold(0); }
  };
  void belongs_to(uint64_t whose);
  bool has_unsent();
  size_t unsent();  // octets that the kernel holds and the peer has not taken
  asio::awaitable<bool> all_is_sent();
  Persistence persistence_after(RequestParser const& parser, size_t nth) const;
  void close();

  BytesView unread() const { return buffer_.unread(); }

  Shared& shared_;
  Worker& worker_;
  tcp::socket socket_;
  asio::steady_timer woken_;  // never expires; cancelled when the answer is there
  std::string const peer_;
  std::optional<Slot> slot_;  // none: this connection is only told 503

  ReadBuffer buffer_;  // as large as a head may be
  std::optional<TlsSession> tls_;
  Steady::time_point deadline_ = no_deadline;
  bool expired_ = false;
  size_t held_ = 0;    // octets of the body of this request
  bool idle_ = false;  // nothing of a request is here: stop() need not wait
  bool is_http_10_ = false;
  bool streams_ = false;    // an answer that goes on is being sent
  bool writes_ = false;     // octets are being handed to the socket
  uint64_t whose_ = 0;      // LogNote::whose of the last answer
  uint64_t looked_at_ = 0;  // the epoch at which `cut_` was looked at
  Cut cut_;
};

}  // namespace comity::http
