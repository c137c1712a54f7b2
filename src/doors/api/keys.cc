// Whose tokens act for the asker's party (25-isolation C5), and whose keys the host is about to replace (B5).
#include "doors/api/endpoint.h"
#include "release/told_issuers.h"
#include "release/told_recoveries.h"

namespace comity::api {
namespace {

Result<Page> issuers(Call const& call, Making) {
  return call.look([](release::Eyes const& eyes) { return page_of(eyes, release::tell_issuers(eyes)); });
}

Result<Page> recoveries(Call const& call, Making) {
  return call.look([](release::Eyes const& eyes) { return page_of(eyes, release::tell_recoveries(eyes)); });
}

constexpr Endpoint endpoints[] = {
    {http::Method::get, "/api/v1/issuers", Right::admin, nullptr, Kind::read, json_media, {}, issuers},
    {http::Method::get, "/api/v1/recoveries", Right::none, nullptr, Kind::read, json_media, {}, recoveries}};

}  // namespace

std::span<Endpoint const> key_endpoints() { return endpoints; }

}  // namespace comity::api
