// What officers of the host see of the centre: its ruleset and limits, acts that wait for a second officer, suspensions.
#include "doors/api/endpoint.h"
#include "release/told_host.h"

namespace comity::api {
namespace {

using release::Eyes;

// The acts as they were signed are read from the journal without the lock, and told under it.
Result<Page> host(Call const& call, Making) {
  release::HostTimes const times{call.centre().seam().clock.now(), call.centre().stands_still_at()};
  auto const open = TRY(call.look([](Eyes const& eyes) -> Result<std::vector<Index>> {
    std::vector<Index> indices;
    for (auto const& [digest, proposal] : eyes.state.proposals) indices.push_back(proposal.index);
    return indices;
  }));
  std::vector<model::Record> proposing;
  for (Index const index : open) proposing.push_back(TRY(call.centre().reader().read(index)));
  return call.look(
      [&](Eyes const& eyes) { return page_of(eyes, release::tell_host(eyes, times, proposing)); });
}

constexpr Endpoint endpoints[] = {
    {http::Method::get,
     "/api/v1/host",
     Right::host,
     nullptr,
     Kind::read,
     json_media,
     {},
     host,
     nullptr,
     Cost::any,
     Served::always},
};

}  // namespace

std::span<Endpoint const> host_endpoints() { return endpoints; }

}  // namespace comity::api
