// What is said on one connection. Grammar is in parser.cc, bytes of heads in wire.cc, places in slots.cc.
#include "doors/http/connection.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/mutant.h"
#include "doors/http/ticket.h"

namespace comity::http {

asio::awaitable<void> Connection::run(std::shared_ptr<Connection> self) {
  Connection& me = *self;
  // Also when memory runs out in here, nobody goes on looking at what is gone.
  struct Known {
    Connection& connection;
    explicit Known(Connection& c) : connection(c) { c.worker_.connections.insert(&c); }
    ~Known() { connection.worker_.connections.erase(&connection); }
  } const known(me);
  if (me.tls_ && (!me.slot_ || !co_await me.handshake())) {
    me.reset();
  } else if (!me.slot_) {
    Reply busy = me.shared_.options.refuse(503, "");
    Access unlogged;
    if (co_await me.send(busy, {Persistence::close, false, {}}, unlogged)) co_await me.linger();
  } else {
    for (size_t nth = 1; co_await me.exchange(nth);) ++nth;
    co_await me.all_is_sent();
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
  if (!has_unsent()) whose_ = 0;  // a request may end its sender's own rights, and is answered
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
    is_http_10_ = parser.is_http_10();
    request.peer = peer_;
    request.id = access.request_id;
    request.loop = worker_.loop;
    if (tls_) request.certificate = tls_->peer();
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
  auto const asked = std::make_shared<Request>(std::move(request));
  auto reply =
      co_await answer_to([this, asked](Done done) { shared_.handler(std::move(*asked), std::move(done)); });
  if (!reply && !socket_.is_open()) co_return std::nullopt;
  if (!reply) reply = shared_.options.refuse(500, path);
  co_return reply;
}

// What the question is answered, however late; none if it was dropped, or the connection was reset before.
asio::awaitable<std::optional<Reply>> Connection::answer_to(std::function<void(Done)> const& question) {
  auto const ticket = std::make_shared<Ticket>([this] { wake(); });
  question(done_of(ticket));
  if (!ticket->is_answered_or_will_wake() && socket_.is_open()) {
    Code cancelled;
    co_await woken_.async_wait(awaiting(cancelled));
  }
  co_return ticket->collect_or_abandon();
}

// A whole answer. False: the connection is of no further use.
asio::awaitable<bool> Connection::send(Reply& reply, Shape shape, Access& access) {
  auto const& options = shared_.options;
  bool const of_another = whose_ != 0 && whose_ != reply.note.whose;
  if (of_another && !co_await all_is_sent()) co_return false;
  belongs_to(reply.note.whose);
  make_current(reply, shared_.epoch, options.tries_to_be_current,
               [&] { return options.refuse(503, shape.path); });
  if (reply.next && reply.status == 200 && !shape.head_only)
    co_return co_await send_stream(std::move(reply), std::move(shape), access);
  size_t const length = reply.body.value().size();
  std::string const head = response_head({reply.status, shape.persistence, length}, reply.headers,
                                         worker_.date.at(options.clock->now()));
  access.route = reply.note.route;
  access.office = reply.note.office;
  access.status = reply.status;
  bool const bodiless = shape.head_only || !has_body(reply.status);
  access.bytes_out = head.size();
  if (bodiless) co_return co_await send_bytes(head, {});
  co_return co_await send_body(reply, head, access);
}

// The one function that writes a body to a connection: with what stands before it, and the law asked again before each
// further slice.
asio::awaitable<bool> Connection::send_body(Reply& reply, BytesView before, Access& access) {
  size_t const length = reply.body.value().size();
  size_t sent = 0;
  do {
    if (sent > 0 && !may_go_on(reply, shared_.epoch)) {
      reset();
      co_return false;
    }
    auto const slice = BytesView(reply.body.value()).substr(sent, shared_.options.write_slice_bytes);
    if (!co_await send_bytes(sent == 0 ? before : BytesView(), slice)) co_return false;
    sent += slice.size();
    access.bytes_out += slice.size();
  } while (sent < length);
  co_return true;
}

// Parts of an answer, until its reader goes or one of them is not to leave: then the connection is reset, so that nothing
// that waits in it goes after all (25-isolation F12).
asio::awaitable<bool> Connection::send_stream(Reply reply, Shape shape, Access& access) {
  auto const& options = shared_.options;
  Framing const framing = is_http_10_ ? Framing::until_close : Framing::chunked;
  access.route = reply.note.route;
  access.office = reply.note.office;
  access.status = reply.status;
  std::string const head = response_head({reply.status, Persistence::close, 0, framing}, reply.headers,
                                         worker_.date.at(options.clock->now()));
  if (!co_await send_bytes(head, {})) co_return false;
  struct Streaming {
    bool& on;
    explicit Streaming(bool& o) : on(o) { on = true; }
    ~Streaming() { on = false; }
  } const streaming(streams_);
  for (;;) {
    // Of this part nothing has gone: where the law has moved since it was made (the head may have waited long), what it says
    // now goes in its place.
    int const status = reply.status;
    make_current(reply, shared_.epoch, options.tries_to_be_current,
                 [&] { return options.refuse(503, shape.path); });
    if (reply.status != status || !reply.next || shared_.stopping) {
      reset();
      co_return false;
    }
    if (!co_await send_chunk(reply, framing, access)) co_return false;
    auto following = co_await answer_to(reply.next);
    if (!following || following->status != 200) {
      reset();
      co_return false;
    }
    reply = std::move(*following);
  }
}

asio::awaitable<bool> Connection::send_chunk(Reply& reply, Framing framing, Access& access) {
  size_t const length = reply.body.value().size();
  if (length == 0) co_return true;  // an empty chunk would be the end
  bool const chunked = framing == Framing::chunked;
  std::array<char, 20> size{};
  auto const end = std::to_chars(size.data(), size.data() + size.size() - 2, length, 16).ptr;
  std::string const before = chunked ? std::string(size.data(), end) + "\r\n" : "";
  if (!co_await send_body(reply, before, access)) co_return false;
  co_return !chunked || co_await send_bytes("\r\n", {});
}

// Octets of the socket. False when the peer is gone or the deadline is over (expired_).
asio::awaitable<bool> Connection::receive(std::span<char> space, size_t& received) {
  expired_ = false;
  Code code;
  received = co_await socket_.async_read_some(asio::buffer(space.data(), space.size()), awaiting(code));
  co_return !code && !expired_;  // the deadline may have passed in the moment in which the octets came
}

asio::awaitable<bool> Connection::read_some() {
  if (tls_) co_return co_await read_tls();
  size_t received = 0;
  bool const read = co_await receive(buffer_.space(), received);
  buffer_.commit(received);
  co_return read;
}

// Until there is something of HTTP: a record may come in parts, or hold none.
asio::awaitable<bool> Connection::read_tls() {
  for (;;) {
    size_t const plain = tls_->read(buffer_.space());
    buffer_.commit(plain);
    if (plain > 0) co_return true;
    if (tls_->has_ended()) co_return false;
    std::array<char, tls_record> octets;
    size_t received = 0;
    if (!co_await receive(octets, received)) co_return false;
    if (!tls_->feed({octets.data(), received})) co_return false;
    auto const deadline = deadline_;  // an answer within TLS does not lengthen what the peer may take
    if (Bytes const due = tls_->take(); !due.empty() && !co_await send_plainly(due, {})) co_return false;
    deadline_ = deadline;
  }
}

asio::awaitable<bool> Connection::handshake() {
  deadline_ = in(shared_.options.head_within);
  while (!tls_->is_open()) {
    std::array<char, tls_record> octets;
    size_t received = 0;
    if (!co_await receive(octets, received)) co_return false;
    bool const good = tls_->feed({octets.data(), received});
    auto const deadline = deadline_;
    if (Bytes const due = tls_->take(); !due.empty() && !co_await send_plainly(due, {})) co_return false;
    if (!good) co_return false;
    deadline_ = deadline;
  }
  co_return true;
}

asio::awaitable<bool> Connection::send_bytes(BytesView first, BytesView second) {
  if (!tls_) co_return co_await send_plainly(first, second);
  if (!tls_->write(first) || !tls_->write(second)) {
    reset();
    co_return false;
  }
  Bytes const records = tls_->take();
  co_return co_await send_plainly(records, {});
}

asio::awaitable<bool> Connection::send_plainly(BytesView first, BytesView second) {
  std::array<asio::const_buffer, 2> const both = {asio::buffer(first.data(), first.size()),
                                                  asio::buffer(second.data(), second.size())};
  deadline_ = in(shared_.options.write_within);
  Code code;
  writes_ = true;
  co_await asio::async_write(socket_, both, awaiting(code));
  writes_ = false;
  deadline_ = no_deadline;
  if (code) reset();
  co_return !code;
}

// RFC 9112, 9.6: closing with unread bytes would reset the connection and could take the answer with it.
asio::awaitable<void> Connection::linger() {
  Code ignored;
  if (tls_) {  // RFC 8446, 6.1: else the peer could not tell an end from a cut
    tls_->end();
    if (Bytes const due = tls_->take(); !due.empty() && !co_await send_plainly(due, {})) co_return;
  }
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

// Before its answer is asked whether it is current: what is cut from here on is seen.
void Connection::belongs_to(uint64_t whose) {
  look_for_cut();
  whose_ = whose;
  looked_at_ = shared_.epoch();
  if (whose_ != 0 && shared_.options.cuts) cut_ = shared_.options.cuts(whose_);
}

void Connection::look_for_cut() {
  if (whose_ == 0 || !shared_.options.cuts) return;
  uint64_t const epoch = shared_.epoch();
  if (epoch == looked_at_) return;
  looked_at_ = epoch;
  Cut const now = shared_.options.cuts(whose_);
  bool const cut = now.sessions != cut_.sessions || (now.unsent != cut_.unsent && has_unsent());
  cut_ = now;
  if (cut) reset();
}

// What a connection is closed upon, or another's answer follows, stays under watch until it has gone: the kernel would go on
// sending it, whatever becomes of its reader's rights. False: the reader takes nothing for too long, or was cut off.
asio::awaitable<bool> Connection::all_is_sent() {
  auto const& options = shared_.options;
  if (whose_ == 0 || !options.cuts) co_return socket_.is_open();
  size_t waiting = unsent();
  deadline_ = in(options.write_within);
  while (socket_.is_open() && waiting > 0 && deadline_ > Steady::now() && !shared_.stopping) {
    asio::steady_timer pause(worker_.context, std::chrono::microseconds(options.tick.us));
    Code ignored;
    co_await pause.async_wait(awaiting(ignored));
    size_t const left = unsent();
    if (left < waiting) deadline_ = in(options.write_within);
    waiting = left;
  }
  deadline_ = no_deadline;
  if (waiting > 0) reset();
  co_return socket_.is_open();
}

size_t Connection::unsent() {
  int octets = 0;
  bool const known = socket_.is_open() && ::ioctl(socket_.native_handle(), SIOCOUTQ, &octets) == 0;
  return known && octets > 0 ? static_cast<size_t>(octets) : 0;
}

bool Connection::has_unsent() {
  if (mutated(Mutant::what_waits_is_sent)) return false;
  return writes_ || unsent() > 0;
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

}  // namespace comity::http
