#include "doors/http/router.h"

#include <map>

#include "base/ensure.h"

namespace comity::http {
namespace {

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

// Segments after the leading slash; the last one is empty when the path ends in a slash.
std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  for (size_t at = 1; at <= path.size();) {
    auto const end = std::min(path.find('/', at), path.size());
    segments.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return segments;
}

// What log.cc writes into JSON without escaping.
bool is_pattern(std::string_view text) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/{}_-.";
  return text.starts_with('/') && text.find_first_not_of(allowed) == text.npos;
}

}  // namespace

std::string MethodSet::text() const {
  std::string list;
  for (auto const method :
       {Method::get, Method::head, Method::post, Method::put, Method::delete_, Method::options}) {
    if (!has(method)) continue;
    if (!list.empty()) list += ", ";
    list += name_of(method);
  }
  return list;
}

std::string_view Match::param(std::string_view name) const {
  for (auto const& [known, value] : params) {
    if (known == name) return value;
  }
  return {};
}

struct Router::Node {
  std::map<std::string_view, Node, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::vector<size_t> routes;  // that end here

  using Segments = std::vector<std::string_view>;

  // Literal before parameter, and back when that leads nowhere.
  Node const* find(Segments const& segments, size_t at) const {
    if (at == segments.size()) return routes.empty() ? nullptr : this;
    auto const literal = literals.find(segments[at]);
    if (literal != literals.end()) {
      if (auto const* found = literal->second.find(segments, at + 1)) return found;
    }
    return parameter && !segments[at].empty() ? parameter->find(segments, at + 1) : nullptr;
  }
};

Router::Node& Router::node_of(std::string_view pattern) {
  Node* node = root_.get();
  for (auto const segment : segments_of(pattern)) {
    if (is_parameter(segment)) {
      if (!node->parameter) node->parameter = std::make_unique<Node>();
      node = node->parameter.get();
    } else {
      node = &node->literals[segment];
    }
  }
  return *node;
}

Router::Router(std::vector<Route> routes, Refuse refuse)
    : routes_(std::move(routes)), root_(std::make_unique<Node>()), refuse_(std::move(refuse)) {
  for (size_t i = 0; i < routes_.size(); ++i) {
    ensure(is_pattern(routes_[i].pattern));
    auto& here = node_of(routes_[i].pattern).routes;
    for (auto const other : here) ensure(!routes_[other].methods.meets(routes_[i].methods));
    here.push_back(i);
  }
}

Router::~Router() = default;
Router::Router(Router&&) noexcept = default;

std::optional<Match> Router::match(Method method, std::string_view path) const {
  if (!path.starts_with('/')) return std::nullopt;
  auto segments = segments_of(path);
  auto const* node = root_->find(segments, 0);
  bool const missing_slash = node == nullptr && !path.ends_with('/');
  if (missing_slash) {
    segments.push_back("");
    node = root_->find(segments, 0);
  }
  if (node == nullptr) return std::nullopt;

  Match match{.method_allowed = false, .missing_slash = missing_slash};
  for (auto const i : node->routes) {
    match.allow.add(routes_[i].methods);
    bool const serves = routes_[i].methods.has(method);
    if (serves || match.route == nullptr) match.route = &routes_[i];
    match.method_allowed = match.method_allowed || serves;
  }
  auto const names = segments_of(match.route->pattern);
  for (size_t i = 0; i < names.size(); ++i) {
    if (!is_parameter(names[i])) continue;
    match.params.emplace_back(names[i].substr(1, names[i].size() - 2), segments[i]);
  }
  return match;
}

void Router::serve(Request&& request, Done done) const {
  auto const found = match(request.method, request.path);
  if (!found) return done(refuse_(404, request.path));
  found->route->serve(std::move(request), *found, std::move(done));
}

}  // namespace comity::http
