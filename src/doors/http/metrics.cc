#include "doors/http/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <map>
#include <mutex>

#include "base/contains.h"
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

struct Watched {
  prometheus::Gauge* gauge;
  std::function<double()> now;
};

// What was wrong, as far as the status says: a ruling against a command is one of these where it is the answer itself
// (422); rulings within a list or an envelope are answers of their own kind and not counted.
struct Kind {
  std::string_view word;
  std::array<int, 6> statuses;
};
constexpr Kind kinds[] = {
    {"form", {400, 411, 417}},
    {"credential", {401}},
    {"right", {403}},
    {"path", {404}},
    {"method_or_media", {405, 406, 415}},
    {"slow", {408}},
    {"too_large", {413, 431}},
    {"ruled_or_form", {422}},
    {"too_many", {429}},
    {"failed", {500}},
    {"busy", {503}},
    {"other", {}},
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
  prometheus::Family<prometheus::Counter>& refusals = prometheus::BuildCounter()
                                                          .Name("comity_http_refusals_total")
                                                          .Help("Answers of 400 and above, by what was wrong")
                                                          .Register(registry);
  std::array<prometheus::Counter*, std::size(kinds)> by_kind{};
  std::map<std::string, OfRoute, std::less<>> routes;
  std::vector<Watched> watched;
  std::mutex watching;  // one page at a time

  void count_refusal(int status) {
    size_t kind = 0;
    while (kind + 1 < std::size(kinds) && !contains(kinds[kind].statuses, status)) ++kind;
    by_kind[kind]->Increment();
  }

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
  for (size_t i = 0; i < std::size(kinds); ++i)
    counters_->by_kind[i] = &counters_->refusals.Add({{"kind", std::string(kinds[i].word)}});
  for (auto const& route : routes) counters_->add_route(std::string(route.pattern));
}

Metrics::~Metrics() = default;

void Metrics::on_access(Access const& access) {
  auto found = counters_->routes.find(access.route);
  if (found == counters_->routes.end()) found = counters_->routes.find("-");
  auto const index = static_cast<size_t>(access.status / 100 - 1);
  if (index < classes.size()) found->second.by_class[index]->Increment();
  if (access.status >= 400) counters_->count_refusal(access.status);
  found->second.seconds->Observe(static_cast<double>(access.took_us) / 1e6);
}

void Metrics::on_connections(size_t open) { counters_->connections.Set(static_cast<double>(open)); }
void Metrics::on_turned_away() { counters_->turned_away.Increment(); }

void Metrics::watch(Gauge const& gauge, std::function<double()> now) {
  auto& family = prometheus::BuildGauge()
                     .Name(std::string(gauge.name))
                     .Help(std::string(gauge.help))
                     .Register(counters_->registry);
  prometheus::Labels labels;
  if (!gauge.label.first.empty())
    labels.emplace(std::string(gauge.label.first), std::string(gauge.label.second));
  counters_->watched.push_back({&family.Add(labels), std::move(now)});
}

Reply Metrics::page(Match const& match) {
  if (!match.method_allowed) {
    return {405, {{"Allow", match.allow.text()}}, release::Egress::fixed(""), {}, match.note()};
  }
  std::lock_guard const lock(counters_->watching);
  for (auto const& one : counters_->watched) one.gauge->Set(one.now());
  auto text = prometheus::TextSerializer().Serialize(counters_->registry.Collect());
  auto body = release::Egress::operator_text(release::OperatorText(std::move(text)));
  return {200, {{"Content-Type", "text/plain; version=0.0.4"}}, std::move(body), {}, match.note()};
}

Route Metrics::route() {
  auto const serve = [this](Request&&, Match const& match, Done done) { done(page(match)); };
  return {{Method::get}, "/metrics", "", serve};
}

}  // namespace comity::http
