// The table of routes of all doors, and which of them a path means.
//
// A pattern is segments between slashes; `{name}` stands for any one segment that is not empty. A literal segment wins
// over a parameter at its place. A path is matched by its pattern alone: nothing here looks at whether a named thing
// exists (25-isolation G4), so all this can be answered before authentication without telling anything.
//
//   no pattern                       the fixed 404, before authentication, in the form that the path's beginning asks for
//   a pattern that ends in `/`,      Match with missing_slash: the door answers 308 (slash_redirect) or serves it the
//   but for the slash                same (TAXII R3), for a thing that exists and for one that does not
//   a pattern, another method        Match with method_allowed false: the door authenticates and resolves the path
//                                    first, and then answers 405 with `allow` (G4, step 4)
//
// GET serves HEAD as well. Of the routes with one pattern, each method belongs to one. A route is data: `pattern` is
// what logs and counters show instead of a path (F7), `right` is the word of the right that the route itself asks for
// ("" for none), which the door checks in step 2.
//
// Thread-safe once it is filled. Patterns and rights are literals of the program.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "doors/http/message.h"
#include "doors/http/reply.h"

namespace comity::http {

class MethodSet {
 public:
  constexpr MethodSet(std::initializer_list<Method> methods) {
    for (auto const method : methods) bits_ |= bit(method);
    if (bits_ & bit(Method::get)) bits_ |= bit(Method::head);
  }
  constexpr bool has(Method method) const { return method != Method::other && (bits_ & bit(method)) != 0; }
  constexpr bool meets(MethodSet other) const { return (bits_ & other.bits_) != 0; }
  constexpr void add(MethodSet other) { bits_ |= other.bits_; }
  std::string text() const;  // `GET, HEAD`, as in the field Allow

 private:
  static constexpr uint32_t bit(Method method) { return 1u << static_cast<unsigned>(method); }
  uint32_t bits_ = 0;
};

struct Match;

// The match lives as long as the call: whoever answers later copies it.
using Serve = std::function<void(Request&&, Match const&, Done)>;

struct Route {
  MethodSet methods;
  std::string_view pattern;
  std::string_view right;
  Serve serve;
};

struct Match {
  Route const* route = nullptr;  // the one of this method; when none is, any of this pattern
  std::vector<std::pair<std::string_view, std::string>> params = {};
  bool method_allowed = true;
  bool missing_slash = false;
  MethodSet allow = {};

  // "" when the pattern has no such parameter.
  std::string_view param(std::string_view name) const;
  LogNote note() const { return {.route = route->pattern}; }
};

class Router {
 public:
  explicit Router(std::vector<Route> routes, Refuse refuse = refuse_plainly);
  ~Router();
  Router(Router&&) noexcept;

  std::optional<Match> match(Method method, std::string_view path) const;
  // Hands the request to its route, or answers the fixed 404. The router must outlive the server.
  void serve(Request&& request, Done done) const;
  std::vector<Route> const& routes() const { return routes_; }

 private:
  struct Node;
  Node& node_of(std::string_view pattern);

  std::vector<Route> routes_;
  std::unique_ptr<Node> root_;
  Refuse refuse_;
};

}  // namespace comity::http
