#include "commands/register_destination.h"

#include <algorithm>

#include "model/names.h"

namespace comity::commands {

using model::Destination;

Ruling decide(Sight const& sight, RegisterDestination const& command) {
  state::Law const& law = sight.view.law();
  if (!may(sight, model::role::admin)) return refused(ReasonCode::not_permitted);
  if (!model::is_slug(command.destination)) return refused(ReasonCode::malformed, "/destination");
  if (!command.url.empty() && !model::is_destination_url(command.url))
    return refused(ReasonCode::malformed, "/url");
  Destination const* known = law.find_destination(sight.view.party(), command.destination);
  bool const stands = known && !known->url.empty();
  if (command.url.empty() && !stands) return refused(ReasonCode::unknown_destination, command.destination);
  auto const own = std::ranges::count(law.destinations, sight.view.party(), &Destination::party);
  if (!known && own >= law.quota(model::Quota::destinations)) return refused(ReasonCode::quota);
  return model::accepted();
}

void apply(State& state, RegisterDestination const& command, model::Record const& record) {
  state::Law& law = state.law;
  PartyKey const party = law.party_of(record.command.office);
  Destination* const known = law.find_destination(party, command.destination);
  if (!known) {
    law.destinations.push_back({party, command.destination, command.url, false, {}});
    return;
  }
  if (known->url == command.url) return;
  known->url = command.url;
  known->allowed = false;
  known->addresses.clear();
  auto const number = static_cast<uint32_t>(known - law.destinations.data());
  std::erase_if(law.attached, [&](model::AttachedFeed const& feed) {
    bool const stays = !command.url.empty() && feed.office == record.command.office;
    return feed.destination == number && !stays;
  });
}

}  // namespace comity::commands
