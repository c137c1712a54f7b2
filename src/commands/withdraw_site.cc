#include "commands/withdraw_site.h"

#include "commands/airspace.h"
#include "commands/conflicts.h"

namespace comity::commands {

Ruling decide(Sight const& sight, WithdrawSite const& command) {
  if (!may_file(sight)) return refused(ReasonCode::not_permitted);
  auto const& sites = sight.behind.airspace.sites;
  SiteKey const key = sites.find(scope_of(sight), command.id);
  if (key.is_none()) return refused(ReasonCode::unknown_site);
  if (sites[key].version != command.at) return refused(ReasonCode::stale_ovn);
  Ruling ruling = model::accepted();
  ruling.airspace.emplace();
  ruling.airspace->version = command.at;
  follow(sight.behind, {{model::ThingName::Kind::site, sight.command.office, command.id}, std::nullopt},
         sight.context.time, *ruling.airspace);
  return ruling;
}

void apply(State& state, WithdrawSite const& command, model::Record const& record) {
  OfficeKey const scope = state.airspace.scope_of(record.command.office);
  state.airspace.sites.remove(scope, state.airspace.sites.find(scope, command.id));
}

}  // namespace comity::commands
