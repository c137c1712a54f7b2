// Whose tokens act for the asker's party (25-isolation C5), and whose keys the host is about to replace (B5).
#include "doors/api/endpoint.h"
#include "release/told_issuers.h"
#include "release/told_recoveries.h"

namespace comity::api {
namespace {

Result<Page> issuers(Call const& call, Making) {
  return call.look([](release::Eyes const& eyes) { return page_of(eyes, release::tell_issuers(eyes)); });
}

// While a clock that leapt is not believed (G14), an agreement may have ended by which another party's recovery would be told.
Result<Page> recoveries(Call const& call, Making) {
  if (call.centre().serves_nobody() && !call.centre().is_restoring()) return fail(ErrorCode::busy, "");
  return call.look([](release::Eyes const& eyes) { return page_of(eyes, release::tell_recoveries(eyes)); });
}

constexpr Endpoint endpoints[] = {
    {http::Method::get, "/api/v1/issuers", Right::admin, nullptr, Kind::read, json_media, {}, issuers},
    {http::Method::get,
     "/api/v1/recoveries",
     Right::none,
     nullptr,
     Kind::read,
     json_media,
     {},
     recoveries,
     nullptr,
     Cost::any,
     Served::always_to_people}};

}  // namespace

std::span<Endpoint const> key_endpoints() { return endpoints; }

}  // namespace comity::api
