#include "commands/reconfirm_site.h"

#include "base/limits.h"
#include "commands/airspace.h"

namespace comity::commands {

Ruling decide(Sight const& sight, ReconfirmSite const& command) {
  if (!may_file(sight)) return refused(ReasonCode::not_permitted);
  auto const& sites = sight.behind.airspace.sites;
  SiteKey const key = sites.find(scope_of(sight), command.id);
  if (key.is_none()) return refused(ReasonCode::unknown_site);
  if (sites[key].version != command.at) return refused(ReasonCode::stale_ovn);
  UtcTime const now = sight.context.time;
  if (sites[key].hull.until < now) return refused(ReasonCode::in_the_past);
  if (command.reconfirm_by < now) return refused(ReasonCode::in_the_past, "/reconfirm_by");
  if (command.reconfirm_by > now + limits::reconfirm_ahead)
    return refused(ReasonCode::malformed, "/reconfirm_by");
  Ruling ruling = model::accepted();
  ruling.airspace.emplace().version = command.at + 1;
  return ruling;
}

void apply(State& state, ReconfirmSite const& command, model::Record const& record) {
  auto& sites = state.airspace.sites;
  SiteKey const key = sites.find(state.airspace.scope_of(record.command.office), command.id);
  sites.amend(key, [&](state::Site& site) {
    site.version = command.at + 1;
    site.reconfirm_by = command.reconfirm_by;
  });
}

}  // namespace comity::commands
