// Counters for the operator, in Prometheus' text form, for a second listener (loopback by default).
//
//   comity_http_requests_total{route,class}   answered requests by template and status class (2xx …)
//   comity_http_request_seconds{route}        histogram, from the complete head to the last byte
//   comity_http_connections                   open now
//   comity_http_turned_away_total             connections answered 503 for want of a place
//   comity_queue_length{queue}                asked when the page is asked for
//
// Labels are templates of routes and words of the program, never a name of a party, office or agreement (25-isolation
// F7). Whoever adds a counter here keeps to that, and to nothing finer than a checkpoint about records.
//
// Thread-safe. The routes that are counted are given at the start, so that requests only add to what is there.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "doors/http/observer.h"
#include "doors/http/router.h"

namespace comity::http {

class Metrics : public Observer {
 public:
  explicit Metrics(std::vector<Route> const& routes);
  ~Metrics() override;

  void on_access(Access const& access) override;
  void on_connections(size_t open) override;
  void on_turned_away() override;

  // `length` is called from any thread, when the page is asked for. Before the first request only.
  void watch_queue(std::string_view name, std::function<size_t()> length);

  // `/metrics`. The Metrics must outlive it.
  Route route();

 private:
  Reply page(Match const& match);

  struct Counters;
  std::unique_ptr<Counters> counters_;
};

}  // namespace comity::http
