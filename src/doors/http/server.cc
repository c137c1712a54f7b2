// The one source that includes Asio. Grammar is in parser.cc, bytes of heads in wire.cc, places in slots.cc.
//
// A connection is one coroutine on one event loop (Worker); whatever touches it runs there. Two things come from
// outside: an answer (ticket.h) and stop(), which posts. Deadlines are a number per connection that the
// loop's watch() compares every tick: setting one costs a store, where a timer of its own would cost two heap operations.
#include "doors/http/server.h"

#include <algorithm>
#include <array>
#include <boost/asio.hpp>
#include <chrono>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/ensure.h"
#include "doors/http/loop.h"
#include "doors/http/parser.h"
#include "doors/http/read_buffer.h"
#include "doors/http/shared.h"
#include "doors/http/target.h"
#include "doors/http/ticket.h"
#include "doors/http/wire.h"

namespace comity::http {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Code = boost::system::error_code;
using Steady = std::chrono::steady_clock;

constexpr auto no_deadline = Steady::time_point::max();
Steady::time_point in(Duration time) { return Steady::now() + std::chrono::microseconds(time.us); }
auto awaiting(Code& code) { return asio::redirect_error(asio::use_awaitable, code); }

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
  void drain() {
    if (idle_) close();
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
  asio::awaitable<bool> send(Reply& reply, Shape shape, Access& access);
  asio::awaitable<bool> read_some();
  asio::awaitable<bool> send_bytes(BytesView first, BytesView second);
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
  Steady::time_point deadline_ = no_deadline;
  bool expired_ = false;
  size_t held_ = 0;    // octets of the body of this request
  bool idle_ = false;  // nothing of a request is here: stop() need not wait
};

asio::awaitable<void> Connection::run(std::shared_ptr<Connection> self) {
  Connection& me = *self;
  // Also when memory runs out in here, nobody goes on looking at what is gone.
  struct Known {
    Connection& connection;
    explicit Known(Connection& c) : connection(c) { c.worker_.connections.insert(&c); }
    ~Known() { connection.worker_.connections.erase(&connection); }
  } const known(me);
  if (!me.slot_) {
    Reply busy = me.shared_.options.refuse(503, "");
    Access unlogged;
    if (co_await me.send(busy, {Persistence::close, false, {}}, unlogged)) co_await me.linger();
  } else {
    for (size_t nth = 1; co_await me.exchange(nth);) ++nth;
  }
  me.close();
}

// One request and its answer. True when another may follow.
asio::awaitable<bool> Connection::exchange(size_t nth) {
  auto const& options = shared_.options;
  Holding const holding{*this};
  RequestParser parser({options.head_bytes, options.header_fields, options.body_bytes});
  Inbound inbound = co_await read_head(parser);
  Access access{.time = options.clock->now(), .request_id = options.request_id(shared_.requests++)};
  auto const start_us = options.clock->monotonic_us();
  if (inbound.got == Got::whole) inbound = co_await read_body(parser);
  if (inbound.got == Got::gone) co_return false;
  access.bytes_in = parser.body_bytes();
  Shape shape{Persistence::close, false, std::move(inbound.path)};
  std::optional<Reply> reply;
  if (inbound.got == Got::refused) {
    static_cast<void>(parser.take());  // what came of its body is let go before the peer has read why
    hold(0);
    reply = options.refuse(inbound.status, shape.path);
  } else {
    Request request = parser.take();
    shape = {persistence_after(parser, nth), request.method == Method::head, request.path};
    request.peer = peer_;
    request.id = access.request_id;
    request.loop = worker_.loop;
    reply = co_await ask(std::move(request), shape.path);
    if (!reply) co_return false;
    if (shared_.stopping) shape.persistence = Persistence::close;
  }
  bool const sent = co_await send(*reply, shape, access);
  access.took_us = options.clock->monotonic_us() - start_us;
  for (auto const& observer : options.observers) observer->on_access(access);
  if (sent && shape.persistence == Persistence::close) co_await linger();
  co_return sent&& shape.persistence != Persistence::close;
}

asio::awaitable<Connection::Inbound> Connection::read_head(RequestParser& parser) {
  auto const& options = shared_.options;
  deadline_ = in(unread().empty() ? options.idle_within : options.head_within);
  for (;;) {
    if (size_t const length = head_length(unread()); length != 0) {
      int const status = parser.head(unread().substr(0, length));
      if (status != RequestParser::go_on) co_return refused(status);
      buffer_.consume(length);
      co_return Inbound{Got::whole};
    }
    auto const start = unread().substr(0, unread().find_first_not_of("\r\n"));
    auto const text = unread().substr(start.size());
    if (!text.empty() && (text[0] < 'A' || text[0] > 'Z')) co_return refused(400);
    if (buffer_.is_full()) co_return refused(431);

    idle_ = unread().empty();
    if (idle_ && shared_.stopping) co_return Inbound{Got::gone};
    bool const was_idle = idle_, read = co_await read_some();
    idle_ = false;
    if (!read) co_return expired_ && !was_idle ? refused(408) : Inbound{Got::gone};
    if (was_idle) deadline_ = in(options.head_within);
  }
}

asio::awaitable<Connection::Inbound> Connection::read_body(RequestParser& parser) {
  auto const& options = shared_.options;
  if (parser.expects_continue() && unread().empty() && !parser.done()) {
    if (!co_await send_bytes("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return Inbound{Got::gone};
  }
  auto const no = [&](int status) { return Inbound{Got::refused, status, parser.path()}; };
  auto const started = in(options.body_grace);
  for (;;) {
    auto const taken = parser.body(unread());
    buffer_.consume(taken.bytes);
    if (taken.status != RequestParser::go_on) co_return no(taken.status);
    if (!hold(parser.body_bytes())) co_return no(503);
    if (parser.done()) {
      deadline_ = no_deadline;
      co_return Inbound{Got::whole};
    }
    if (buffer_.is_full()) co_return no(400);  // the head of a chunk longer than a head may be
    auto const earned = parser.body_bytes() * 1'000'000 / options.body_bytes_per_second;
    deadline_ = started + std::chrono::microseconds(earned);
    if (!co_await read_some()) co_return expired_ ? no(408) : Inbound{Got::gone};
  }
}

// None when the connection was reset before the answer came.
asio::awaitable<std::optional<Reply>> Connection::ask(Request request, std::string const& path) {
  auto const ticket = std::make_shared<Ticket>([this] { wake(); });
  shared_.handler(std::move(request), done_of(ticket));
  if (!ticket->is_answered_or_will_wake() && socket_.is_open()) {
    Code cancelled;
    co_await woken_.async_wait(awaiting(cancelled));
  }
  auto reply = ticket->collect_or_abandon();
  if (!reply && ticket->was_dropped()) reply = shared_.options.refuse(500, path);
  co_return reply;
}

// The one function that writes a body to a connection. False: the connection is of no further use.
asio::awaitable<bool> Connection::send(Reply& reply, Shape shape, Access& access) {
  auto const& options = shared_.options;
  make_current(reply, shared_.epoch, options.tries_to_be_current,
               [&] { return options.refuse(503, shape.path); });
  size_t const length = reply.body.value().size();
  std::string const head = response_head({reply.status, shape.persistence, length}, reply.headers,
                                         worker_.date.at(options.clock->now()));
  access.route = reply.note.route;
  access.office = reply.note.office;
  access.status = reply.status;
  bool const bodiless = shape.head_only || !has_body(reply.status);
  size_t sent = bodiless ? length : std::min(length, options.write_slice_bytes);
  if (!co_await send_bytes(head, bodiless ? BytesView() : BytesView(reply.body.value()).substr(0, sent))) {
    co_return false;
  }
  access.bytes_out = head.size() + (bodiless ? 0 : sent);
  while (sent < length) {
    if (!may_go_on(reply, shared_.epoch)) {
      reset();
      co_return false;
    }
    auto const slice = BytesView(reply.body.value()).substr(sent, options.write_slice_bytes);
    if (!co_await send_bytes(slice, {})) co_return false;
    sent += slice.size();
    access.bytes_out += slice.size();
  }
  co_return true;
}

// False when the peer is gone or the deadline is over (expired_).
asio::awaitable<bool> Connection::read_some() {
  expired_ = false;
  Code code;
  auto const space = buffer_.space();
  buffer_.commit(co_await socket_.async_read_some(asio::buffer(space.data(), space.size()), awaiting(code)));
  co_return !code;
}

asio::awaitable<bool> Connection::send_bytes(BytesView first, BytesView second) {
  std::array<asio::const_buffer, 2> const both = {asio::buffer(first.data(), first.size()),
                                                  asio::buffer(second.data(), second.size())};
  deadline_ = in(shared_.options.write_within);
  Code code;
  co_await asio::async_write(socket_, both, awaiting(code));
  deadline_ = no_deadline;
  if (code) reset();
  co_return !code;
}

// RFC 9112, 9.6: closing with unread bytes would reset the connection and could take the answer with it.
asio::awaitable<void> Connection::linger() {
  Code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  deadline_ = in(shared_.options.linger_within);
  idle_ = true;
  do {
    buffer_.clear();
  } while (!shared_.stopping && deadline_ > Steady::now() && co_await read_some());
}

Persistence Connection::persistence_after(RequestParser const& parser, size_t nth) const {
  bool const last = nth >= shared_.options.requests_per_connection || shared_.stopping;
  if (last || !parser.keeps_alive()) return Persistence::close;
  return parser.is_http_10() ? Persistence::keep_10 : Persistence::keep;
}

void Connection::close() {
  Code ignored;
  socket_.close(ignored);
}

// Drops what was not sent (25-isolation F12).
void Connection::reset() {
  Code ignored;
  socket_.set_option(tcp::socket::linger(true, 0), ignored);
  close();
  woken_.cancel();
}

}  // namespace

class Server::Machine {
 public:
  Machine(ServerOptions options, Handler handler, Epoch epoch)
      : shared_(std::move(options), std::move(handler), std::move(epoch)) {}

  Result<void> start();
  uint16_t port() const { return port_; }
  void stop(Duration grace);

 private:
  Result<void> listen();
  asio::awaitable<void> accept_all();
  asio::awaitable<void> watch(Worker& worker);
  void admit(tcp::socket socket, Worker& worker);
  template <class Act>
  void each_connection(Act act);

  Shared shared_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::optional<tcp::acceptor> acceptor_;
  uint16_t port_ = 0;
};

Result<void> Server::Machine::listen() {
  auto const& options = shared_.options;
  Code code;
  auto const address = asio::ip::make_address(options.address, code);
  if (code) return fail(ErrorCode::bad_input, "not an address to listen on: " + options.address);
  tcp::endpoint const endpoint(address, options.port);
  acceptor_.emplace(workers_.front()->context);
  acceptor_->open(endpoint.protocol(), code);
  if (!code) acceptor_->set_option(tcp::acceptor::reuse_address(true), code);
  if (!code) acceptor_->bind(endpoint, code);
  if (!code) acceptor_->listen(options.backlog, code);
  if (code) {
    acceptor_.reset();
    auto const place = options.address + " port " + std::to_string(options.port);
    return fail(ErrorCode::io, "cannot listen on " + place + ": " + code.message());
  }
  port_ = acceptor_->local_endpoint(code).port();
  return {};
}

Result<void> Server::Machine::start() {
  ensure(workers_.empty());
  for (unsigned i = 0; i < std::max(1u, shared_.options.threads); ++i) {
    workers_.push_back(std::make_unique<Worker>());
  }
  if (auto listening = listen(); !listening) {
    workers_.clear();
    return listening;
  }
  asio::co_spawn(workers_.front()->context, accept_all(), asio::detached);
  for (auto const& worker : workers_) {
    asio::co_spawn(worker->context, watch(*worker), asio::detached);
    worker->thread = std::thread([&context = worker->context] { context.run(); });
  }
  return {};
}

asio::awaitable<void> Server::Machine::accept_all() {
  for (size_t next = 0; acceptor_->is_open(); ++next) {
    Worker& worker = *workers_[next % workers_.size()];
    Code code;
    tcp::socket socket = co_await acceptor_->async_accept(worker.context, awaiting(code));
    if (!code) {
      admit(std::move(socket), worker);
    } else if (acceptor_->is_open()) {  // out of files or memory: it will not be better at once
      asio::steady_timer pause(acceptor_->get_executor(), std::chrono::microseconds(shared_.options.tick.us));
      co_await pause.async_wait(awaiting(code));
    }
  }
}

void Server::Machine::admit(tcp::socket socket, Worker& worker) {
  Code code;
  auto const remote = socket.remote_endpoint(code);
  if (code) return;  // gone already
  socket.set_option(tcp::no_delay(true), code);
  auto peer = remote.address().to_string();
  auto slot = shared_.slots->take(peer);
  if (slot) {
    shared_.tell_connections();
  } else {
    for (auto const& observer : shared_.options.observers) observer->on_turned_away();
    if (shared_.turned_away >= shared_.options.turned_away_at_once) {
      socket.set_option(tcp::socket::linger(true, 0), code);
      return;
    }
  }
  auto connection =
      std::make_shared<Connection>(shared_, worker, std::move(socket), std::move(peer), std::move(slot));
  asio::co_spawn(worker.context, Connection::run(std::move(connection)), asio::detached);
}

asio::awaitable<void> Server::Machine::watch(Worker& worker) {
  while (!worker.ended) {
    Code code;
    worker.ticks.expires_after(std::chrono::microseconds(shared_.options.tick.us));
    co_await worker.ticks.async_wait(awaiting(code));
    auto const now = Steady::now();
    for (auto* connection : worker.connections) connection->expire_at(now);
    for (auto const& observer : shared_.options.observers) observer->on_tick();
  }
}

template <class Act>
void Server::Machine::each_connection(Act act) {
  for (auto const& worker : workers_) {
    asio::post(worker->context, [&connections = worker->connections, act] {
      for (auto* connection : connections) act(*connection);
    });
  }
}

void Server::Machine::stop(Duration grace) {
  if (workers_.empty()) return;
  shared_.stopping = true;
  asio::post(workers_.front()->context, [this] {
    Code ignored;
    acceptor_->close(ignored);
  });
  each_connection([](Connection& connection) { connection.drain(); });
  auto const nobody_left = [this] { return shared_.alive == 0; };
  {
    std::unique_lock lock(shared_.mutex);
    shared_.all_gone.wait_for(lock, std::chrono::microseconds(grace.us), nobody_left);
  }
  each_connection([](Connection& connection) { connection.reset(); });
  {
    std::unique_lock lock(shared_.mutex);
    shared_.all_gone.wait(lock, nobody_left);
  }
  for (auto const& worker : workers_) {
    worker->loop->end();
    asio::post(worker->context, [worker = worker.get()] {
      worker->ended = true;
      worker->ticks.cancel();
    });
    worker->guard.reset();
  }
  for (auto const& worker : workers_) worker->thread.join();
  for (auto const& observer : shared_.options.observers) observer->on_tick();
  acceptor_.reset();
  workers_.clear();
}

Server::Server(ServerOptions options, Handler handler, Epoch epoch)
    : machine_(std::make_unique<Machine>(std::move(options), std::move(handler), std::move(epoch))) {}
Server::~Server() { machine_->stop({}); }

Result<void> Server::start() { return machine_->start(); }
uint16_t Server::port() const { return machine_->port(); }
void Server::stop(Duration grace) { machine_->stop(grace); }

}  // namespace comity::http
