// Where the asker's party has the centre call (25-isolation G12).
#include "doors/api/endpoint.h"
#include "release/told_destinations.h"

namespace comity::api {
namespace {

Result<Page> destinations(Call const& call, Making) {
  // Asked before the state is looked at: who rings looks at it too.
  release::LastCalls const calls = call.room.last_calls ? call.room.last_calls() : release::LastCalls{};
  return call.look(
      [&](release::Eyes const& eyes) { return page_of(eyes, release::tell_destinations(eyes, calls)); });
}

constexpr Endpoint endpoints[] = {{http::Method::get,
                                   "/api/v1/destinations",
                                   Right::admin,
                                   nullptr,
                                   Kind::read,
                                   json_media,
                                   {},
                                   destinations}};

}  // namespace

std::span<Endpoint const> destination_endpoints() { return endpoints; }

}  // namespace comity::api
