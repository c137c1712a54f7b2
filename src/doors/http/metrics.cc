#include "doors/http/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <map>

#include "release/egress.h"

namespace comity::http {
namespace {

constexpr std::array classes = {"1xx", "2xx", "3xx", "4xx", "5xx"};

// Seconds: from a page out of memory (50 µs) over a durable command to a client that reads slowly.
prometheus::Histogram::BucketBoundaries const buckets = {0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005,
                                                         0.01,    0.02,   0.05,   0.1,    0.5,   1,     5};

struct OfRoute {
  std::array<prometheus::Counter*, classes.size()> by_class;
  prometheus::Histogram* seconds;
};

struct Queue {
  prometheus::Gauge* gauge;
  std::function<size_t()> length;
};

}  // namespace

struct Metrics::Counters {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                          .Name("comity_http_requests_total")
                                                          .Help("Requests answered")
                                                          .Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                                           .Name("comity_http_request_seconds")
                                                           .Help("Time to answer")
                                                           .Register(registry);
  prometheus::Gauge& connections = prometheus::BuildGauge()
                                       .Name("comity_http_connections")
                                       .Help("Connections open now")
                                       .Register(registry)
                                       .Add({});
  prometheus::Counter& turned_away = prometheus::BuildCounter()
                                         .Name("comity_http_turned_away_total")
                                         .Help("Connections refused for want of a place")
                                         .Register(registry)
                                         .Add({});
  prometheus::Family<prometheus::Gauge>& queue_lengths =
      prometheus::BuildGauge().Name("comity_queue_length").Help("Entries waiting").Register(registry);
  std::map<std::string, OfRoute, std::less<>> routes;
  std::vector<Queue> queues;

  void add_route(std::string const& pattern) {
    if (routes.contains(pattern)) return;
    OfRoute counters{{}, &seconds.Add({{"route", pattern}}, buckets)};
    for (size_t i = 0; i < classes.size(); ++i) {
      counters.by_class[i] = &requests.Add({{"route", pattern}, {"class", classes[i]}});
    }
    routes.emplace(pattern, counters);
  }
};

Metrics::Metrics(std::vector<Route> const& routes) : counters_(std::make_unique<Counters>()) {
  counters_->add_route("-");
  for (auto const& route : routes) counters_->add_route(std::string(route.pattern));
}

Metrics::~Metrics() = default;

void Metrics::on_access(Access const& access) {
  auto found = counters_->routes.find(access.route);
  if (found == counters_->routes.end()) found = counters_->routes.find("-");
  auto const index = static_cast<size_t>(access.status / 100 - 1);
  if (index < classes.size()) found->second.by_class[index]->Increment();
  found->second.seconds->Observe(static_cast<double>(access.took_us) / 1e6);
}

void Metrics::on_connections(size_t open) { counters_->connections.Set(static_cast<double>(open)); }
void Metrics::on_turned_away() { counters_->turned_away.Increment(); }

void Metrics::watch_queue(std::string_view name, std::function<size_t()> length) {
  auto& gauge = counters_->queue_lengths.Add({{"queue", std::string(name)}});
  counters_->queues.push_back({&gauge, std::move(length)});
}

Reply Metrics::page(Match const& match) {
  if (!match.method_allowed) {
    return {405, {{"Allow", match.allow.text()}}, release::Egress::fixed(""), {}, match.note()};
  }
  for (auto const& queue : counters_->queues) queue.gauge->Set(static_cast<double>(queue.length()));
  auto text = prometheus::TextSerializer().Serialize(counters_->registry.Collect());
  auto body = release::Egress::operator_text(release::OperatorText(std::move(text)));
  return {200, {{"Content-Type", "text/plain; version=0.0.4"}}, std::move(body), {}, match.note()};
}

Route Metrics::route() {
  auto const serve = [this](Request&&, Match const& match, Done done) { done(page(match)); };
  return {{Method::get}, "/metrics", "", serve};
}

}  // namespace comity::http
