// What all connections of a server share: its options, what it hands requests to, and what is counted over all of them.
// Inside this room only. Thread-safe as far as it is not const: atomics, and `alive` under `mutex`.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "doors/http/freshness.h"
#include "doors/http/options.h"
#include "doors/http/server.h"
#include "doors/http/slots.h"

namespace comity::http {

struct Shared {
  Shared(ServerOptions o, Handler h, Epoch e)
      : options(std::move(o)),
        handler(std::move(h)),
        epoch(std::move(e)),
        slots(std::make_shared<Slots>(Slots::Limits{options.connections, options.connections_per_address})) {}

  ServerOptions const options;
  Handler const handler;
  Epoch const epoch;
  std::shared_ptr<Slots> const slots;
  std::atomic<uint64_t> requests = 0;
  std::atomic<size_t> turned_away = 0;
  std::atomic<bool> stopping = false;
  std::atomic<size_t> bodies = 0;  // octets of bodies that are held, of all connections

  // How many Connections exist, for stop().
  std::mutex mutex;
  std::condition_variable all_gone;
  size_t alive = 0;

  void tell_connections() const {
    for (auto const& observer : options.observers) observer->on_connections(slots->taken());
  }
};

}  // namespace comity::http
