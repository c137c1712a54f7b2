// Every limit and deadline of the HTTP server, each with its reason. They are global (25-isolation G4): equal for all
// paths and all parties, and what is beyond them is answered with a constant.
//
// Deadlines are kept to within one `tick`. Units: bytes, Duration.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/seam.h"
#include "base/time.h"
#include "doors/http/observer.h"
#include "doors/http/reply.h"
#include "doors/http/tls.h"

namespace comity::http {

struct ServerOptions {
  std::string address = "127.0.0.1";    // other addresses are the operator's decision
  uint16_t port = 0;                    // 0: any free one, see Server::port()
  std::shared_ptr<TlsServer> tls = {};  // null: plain HTTP, for loopback or behind a proxy
  unsigned threads = 2;  // one event loop each; decisions are made on the sequencer's thread anyway

  // --- Size ---
  size_t head_bytes = 16u << 10;  // a JWT of 8 KiB, a long list of match[] values, and room
  size_t header_fields = 100;     // a browser behind two proxies sends about 30
  size_t body_bytes = limits::request_body_bytes;
  // Of all bodies at once, those that are still coming in too: without it a few hundred connections would take all memory
  // before anybody is asked who she is. Eight of the largest, or 26,000 of 20 kB.
  size_t bodies_bytes = 8 * limits::request_body_bytes;
  size_t requests_per_connection =
      10'000;  // so that connections move to the thread with room from time to time

  // --- Number ---
  size_t connections =
      4'096;  // at 20 KiB each 80 MiB, below the usual limit of files with room for the journal
  size_t connections_per_address =
      1'024;  // one proxy or test machine may be many clients; no address takes all places
  size_t turned_away_at_once =
      64;  // connections beyond the limit that are being told 503; further ones are reset

  // --- Time ---
  Duration head_within =
      seconds(10);  // from the first byte of a head to its last: a slow sender holds a place
  Duration body_grace = seconds(10);  // a body of n bytes may take this and n / body_bytes_per_second
  size_t body_bytes_per_second =
      16u << 10;  // 64 MiB over the worst satellite link in an hour, and not slower
  Duration idle_within =
      seconds(60);  // kept alive without a request: longer than a client polls, shorter than NAT forgets
  Duration write_within = seconds(20);  // for each slice of write_slice_bytes that the client is to take
  Duration linger_within =
      seconds(2);  // after a refusal: read and drop, so that the answer is not lost in a reset
  Duration tick = milliseconds(100);  // also: how soon what is open for somebody is cut
  Cuts cuts = {};                     // none: nothing is ever cut

  // The law is asked again before each slice of a body (25-isolation G6): what a change can no longer hold back.
  size_t write_slice_bytes = 256u << 10;
  // Replies made anew for one request before it is answered 503. Each may wait for a commit, in which the law may move again: with three
  // an act that had been taken was answered 503 once in half an hour of others who delete, suspend and resume.
  int tries_to_be_current = 16;

  int backlog = 1'024;  // connections the kernel may hold between two rounds of accept

  Clock* clock =
      &system_seam().clock;  // for `Date`, the log and latencies; deadlines are the event loop's own
  // The opaque id of the n-th request since start, a keyed digest (25-isolation G3). Called from any thread.
  std::function<std::string(uint64_t serial)> request_id = [](uint64_t) { return std::string(); };
  std::vector<std::shared_ptr<Observer>> observers;
  Refuse refuse = refuse_plainly;  // constants, whatever is asked
};

}  // namespace comity::http
