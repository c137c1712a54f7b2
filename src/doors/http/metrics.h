// Counters for the operator, in Prometheus' text form, for a second listener (loopback by default).
//
//   comity_http_requests_total{route,class}   answered requests by template and status class (2xx …)
//   comity_http_request_seconds{route}        histogram, from the complete head to the last byte
//   comity_http_connections                   open now
//   comity_http_turned_away_total             connections answered 503 for want of a place
//   comity_http_refusals_total{kind}          answers of 400 and above, by what was wrong: form, credential, right, path, …
//
// and what watch() adds, asked when the page is asked for.
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
#include <utility>
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

  // A number that is asked for when the page is; from any thread. `label` is a word of the program, its name before it:
  // {"queue", "commands"}; empty for none. Before the first request only.
  struct Gauge {
    std::string_view name, help;
    std::pair<std::string_view, std::string_view> label = {};
  };
  void watch(Gauge const& gauge, std::function<double()> now);

  // `/metrics`. The Metrics must outlive it.
  Route route();

 private:
  Reply page(Match const& match);

  struct Counters;
  std::unique_ptr<Counters> counters_;
};

}  // namespace comity::http
