// Published frameworks of the reference set: which are allowed, and what is loaded of one. Their objects are read like any
// others of the set (items.cc).
#include "doors/api/endpoint.h"
#include "release/told_frameworks.h"

namespace comity::api {
namespace {

using http::Method;
using release::Eyes;

constexpr release::FixedText loaded_purpose("loaded of a framework");

Result<Page> frameworks(Call const& call, Making) {
  return call.look([](Eyes const& eyes) { return page_of(eyes, release::tell_frameworks(eyes)); });
}

Result<void> known_framework(Call const& call, Eyes const& eyes) {
  TRY(release::tell_loaded(eyes, call.param("framework"), 0, 0));
  return {};
}

Result<Page> loaded(Call const& call, Making) {
  return call.look([&](Eyes const& eyes) -> Result<Page> {
    size_t const limit = TRY(limit_of(call));
    auto const token = call.query("after");
    uint64_t const after = token.empty() ? 0 : TRY(release::count_in(eyes, loaded_purpose, token));
    auto const told = TRY(release::tell_loaded(eyes, call.param("framework"), after, limit));
    release::Composer body(eyes);
    body.open().name("versions").told(told.list);
    body.name("more").truth(told.more ? release::Truth::yes : release::Truth::no);
    if (told.told > 0)
      body.name("next").token(release::token_of_count(eyes, loaded_purpose, after + told.told));
    return page_of(body.close().finish());
  });
}

constexpr Endpoint endpoints[] = {
    {Method::get, "/api/v1/frameworks", Right::none, nullptr, Kind::read, json_media, {}, frameworks},
    {Method::get,
     "/api/v1/frameworks/{framework}/versions",
     Right::none,
     known_framework,
     Kind::read,
     json_media,
     {},
     loaded},
};

}  // namespace

std::span<Endpoint const> framework_endpoints() { return endpoints; }

}  // namespace comity::api
