#include "commands/put_site.h"

#include <algorithm>

#include "base/limits.h"
#include "commands/airspace.h"
#include "commands/conflicts.h"
#include "geometry/ring.h"

namespace comity::commands {
namespace {

bool is_short(std::string const& text) { return text.size() <= limits::short_words; }

bool is_well_formed(PutSite const& command) {
  return !command.extents.empty() && is_sound(command.extents) && !command.name.empty() &&
         is_short(command.name) && is_short(command.source) && is_short(command.measured) &&
         command.said.size() <= limits::said_bytes && command.kind >= model::SiteKind::hospital &&
         command.kind <= model::SiteKind::other &&
         (!command.schedule || model::is_sound(*command.schedule)) &&
         std::ranges::none_of(command.extents, [](model::Extent const& one) {
           return geometry::check_ring(one.ring).has_value();
         });
}

state::Site as_filed(PutSite const& command, uint32_t version) {
  state::Site site;
  site.id = command.id, site.version = version, site.kind = command.kind;
  site.name = command.name, site.source = command.source, site.measured = command.measured;
  site.reconfirm_by = command.reconfirm_by;
  site.hull = bounds_of(command.extents), site.extents = command.extents, site.said = command.said;
  site.schedule = command.schedule;
  return site;
}

}  // namespace

model::Hull bounds_of(std::vector<model::Extent> const& extents) {
  model::Hull hull{{}, model::latest, model::earliest, model::highest_mm, model::lowest_mm};
  for (model::Extent const& one : extents) {
    hull.from = std::min(hull.from, one.from), hull.until = std::max(hull.until, one.until);
    hull.low_mm = std::min(hull.low_mm, one.low_mm), hull.high_mm = std::max(hull.high_mm, one.high_mm);
  }
  return hull;
}

Ruling decide(Sight const& sight, PutSite const& command) {
  if (!may_file(sight)) return refused(ReasonCode::not_permitted);
  if (!is_well_formed(command)) return refused(ReasonCode::malformed);
  UtcTime const now = sight.context.time;
  if (bounds_of(command.extents).until < now || command.reconfirm_by < now)
    return refused(ReasonCode::in_the_past);
  auto const& sites = sight.behind.airspace.sites;
  SiteKey const key = sites.find(scope_of(sight), command.id);
  if (key.is_none() && command.at != 0) return refused(ReasonCode::unknown_site);
  if (key && sites[key].version != command.at) return refused(ReasonCode::stale_ovn);
  if (key.is_none() && sites.count_of(sight.command.office) >= limits::sites_per_office)
    return refused(ReasonCode::quota);
  Ruling ruling = model::accepted();
  ruling.airspace.emplace();
  ruling.airspace->version = command.at + 1;
  state::Site const will_be = as_filed(command, command.at + 1);
  Filed const thing = filed_as(sight.command.office, will_be);
  follow(sight.behind, {thing.name, thing}, now, *ruling.airspace);
  return ruling;
}

void apply(State& state, PutSite const& command, model::Record const& record) {
  auto& sites = state.airspace.sites;
  OfficeKey const scope = state.airspace.scope_of(record.command.office);
  state::Site made = as_filed(command, command.at + 1);
  made.owner = owner_of(record.command);
  SiteKey const key = sites.find(scope, command.id);
  if (key.is_none())
    sites.add(scope, std::move(made));
  else
    sites.change(key, [&](state::Site& site) { site = std::move(made); });
}

}  // namespace comity::commands
