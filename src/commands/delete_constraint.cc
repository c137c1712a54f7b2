#include "commands/delete_constraint.h"

#include "commands/airspace.h"
#include "commands/telling_systems.h"

namespace comity::commands {

Ruling decide(Sight const& sight, DeleteConstraint const& command) {
  if (!may_file(sight)) return refused(ReasonCode::not_permitted);
  auto const& all = sight.behind.airspace.constraints;
  ConstraintKey const key = all.find(scope_of(sight), command.id);
  if (key.is_none()) return refused(ReasonCode::unknown_constraint);
  if (auto no = check_present(sight, all, key, {command.at}, ReasonCode::unknown_constraint))
    return refused(std::move(*no));
  Ruling ruling = model::accepted();
  ruling.airspace.emplace();
  ruling.airspace->version = all[key].version;
  bool const native = sight.behind.airspace.urls.text(all[key].url).empty();
  tell_of(sight, {.lies = {{&all[key].hull, &all[key].extents}}, .native = native}, all[key].hull, {},
          *ruling.airspace);
  return ruling;
}

void apply(State& state, DeleteConstraint const& command, model::Record const& record) {
  state::Airspace& airspace = state.airspace;
  raise_indices(state, *record.ruling.airspace);
  tell_in_place(state, record, model::ToTell::Of::constraint, command.id);
  OfficeKey const scope = airspace.scope_of(record.command.office);
  ConstraintKey const key = airspace.constraints.find(scope, command.id);
  airspace.urls.drop(airspace.constraints[key].url);
  airspace.constraints.remove(scope, key);
}

}  // namespace comity::commands
