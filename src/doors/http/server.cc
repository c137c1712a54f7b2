// Listening, event loops and their threads; what is said on a connection is in connection.cc.
#include "doors/http/server.h"

#include <algorithm>
#include <vector>

#include "base/ensure.h"
#include "doors/http/connection.h"

namespace comity::http {

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
    for (auto* connection : worker.connections) connection->expire_at(now), connection->look_for_cut();
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
