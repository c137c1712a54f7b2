#include "commands/put_constraint.h"

#include <algorithm>

#include "base/limits.h"
#include "commands/airspace.h"
#include "commands/telling_systems.h"
#include "geometry/ring.h"

namespace comity::commands {

static bool is_well_formed(PutConstraint const& command) {
  bool const bounded = command.hull.from != model::earliest && command.hull.until != model::latest;
  auto const is_no_ring = [](model::Extent const& one) { return geometry::check_ring(one.ring).has_value(); };
  bool const named =
      command.native ? command.url.empty() && !command.extents.empty() : is_base_url(command.url);
  return bounded && is_sound(command.hull) && is_sound(command.extents) && named &&
         std::ranges::none_of(command.extents, is_no_ring) && command.said.size() <= limits::said_bytes &&
         command.next.kind == model::Ovn::Kind::minted;
}

Ruling decide(Sight const& sight, PutConstraint const& command) {
  if (!may_file(sight)) return refused(ReasonCode::not_permitted);
  if (!is_well_formed(command)) return refused(ReasonCode::malformed);
  if (command.hull.until < sight.context.time) return refused(ReasonCode::in_the_past, "/extents");
  auto const& all = sight.behind.airspace.constraints;
  ConstraintKey const key = all.find(scope_of(sight), command.id);
  if (auto no = check_present(sight, all, key, command.at, ReasonCode::stale_ovn))
    return refused(std::move(*no));
  if (is_beyond_quota(sight, all, key, command.hull.cells, limits::constraints_per_office_and_cell))
    return refused(ReasonCode::quota);  // D14
  Ruling ruling = model::accepted();
  uint32_t const version = key ? all[key].version + 1 : 1;
  model::Hull const where = key ? united(all[key].hull, command.hull) : command.hull;
  ruling.airspace.emplace();
  ruling.airspace->version = version;
  Changing changing{.lies = {{&command.hull, &command.extents}}, .native = command.native};
  if (key) changing.lies.push_back({&all[key].hull, &all[key].extents});
  tell_of(sight, changing, where, {}, *ruling.airspace);
  return ruling;
}

void apply(State& state, PutConstraint const& command, model::Record const& record) {
  state::Airspace& airspace = state.airspace;
  OfficeKey const scope = airspace.scope_of(record.command.office);
  ConstraintKey key = airspace.constraints.find(scope, command.id);
  if (key.is_none()) {
    state::Constraint made;
    made.id = command.id;
    made.owner = owner_of(record.command);
    made.url = airspace.urls.add(command.url);
    made.hull = command.hull;
    key = airspace.constraints.add(scope, std::move(made));
  }
  airspace.constraints.change(key, [&](state::Constraint& constraint) {
    ++constraint.version;
    constraint.ovn = command.next;
    airspace.urls.change(constraint.url, command.url);
    constraint.hull = command.hull;
    constraint.extents = command.extents, constraint.said = command.said;
  });
  raise_indices(state, *record.ruling.airspace);
  tell_in_place(state, record, model::ToTell::Of::constraint, command.id);
}

}  // namespace comity::commands
