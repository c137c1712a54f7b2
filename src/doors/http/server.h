// The HTTP/1.1 server (RFC 9112), on Boost.Asio, with Beast's parser behind parser.h.
//
// Promises
//   - A Request reaches the handler whole, within the limits of ServerOptions, or not at all. What breaks framing or a
//     limit is answered with a constant before anything looks at the path (25-isolation G4, step 1).
//   - Exactly one function writes bodies, and it takes a Released<Bytes>. Before it writes, and before each further
//     slice of a long body, it asks whether the release is current; if not, the reply is made `again`, at most
//     `tries_to_be_current` times, then it is the fixed 503. If a body is already under way, the new reply must be the
//     same byte for byte, or the connection is reset and what was not sent is dropped (F12).
//   - Requests of one connection are answered one after another in order; pipelining is safe.
//   - stop() accepts nothing more, lets requests in flight finish within the grace, resets the rest, and joins the
//     threads. A `done` that is called later does nothing.
//   - With ServerOptions::tls the same over TLS (tls.h): a handshake has the time of a head, and a connection beyond the
//     limit of connections is reset before one begins.
// Not promised: HTTP/2 (a proxy does it), compression (never: G13), WebSocket. A client that goes away is noticed when its answer is written.
//
// Threads: `threads` event loops; the handler runs on one of them and must not block it. `done` may be called from any
// thread, the connection goes on on its own loop. start(), port() and stop() belong to one owner.
#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "base/time.h"
#include "doors/http/freshness.h"
#include "doors/http/options.h"
#include "doors/http/reply.h"

namespace comity::http {

class Server {
 public:
  Server(ServerOptions options, Handler handler, Epoch epoch);
  ~Server();  // stop() without grace
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  Result<void> start();
  uint16_t port() const;  // after start()
  void stop(Duration grace);

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace comity::http
