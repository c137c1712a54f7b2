#include "commands/allow_destination.h"

#include <algorithm>

#include "base/limits.h"
#include "model/names.h"

namespace comity::commands {
namespace {

// The host sees all of them: it allows them one by one.
template <class Law>
auto* meant(Law& law, std::string const& name) {
  auto const parts = model::split_office(name);  // party / slug
  using Found = decltype(law.find_destination(PartyKey{}, ""));
  if (!parts) return Found(nullptr);
  return law.find_destination(law.find_party(parts->first), parts->second);
}

}  // namespace

Ruling decide(Sight const& sight, AllowDestination const& command) {
  if (!may(sight, model::role::host)) return refused(ReasonCode::not_permitted);
  if (auto reason = check_officer_act(sight)) return refused(*reason);
  if (command.addresses.size() > limits::destination_addresses)
    return refused(ReasonCode::malformed, "/addresses");
  auto const* const known = meant(sight.behind.law, command.destination);
  if (!known || known->url.empty()) return refused(ReasonCode::unknown_destination, command.destination);
  if (known->url != command.url) return refused(ReasonCode::other_url, command.destination);
  return model::accepted();
}

void apply(State& state, AllowDestination const& command, model::Record const&) {
  auto* const known = meant(state.law, command.destination);
  known->allowed = command.allowed;
  known->addresses = command.allowed ? command.addresses : std::vector<std::string>{};
  std::ranges::sort(known->addresses);
}

}  // namespace comity::commands
