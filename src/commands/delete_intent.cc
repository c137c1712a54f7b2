#include "commands/delete_intent.h"

#include "commands/airspace.h"
#include "commands/conflicts.h"
#include "commands/telling_systems.h"

namespace comity::commands {

Ruling decide(Sight const& sight, DeleteIntent const& command) {
  if (!may_file(sight)) return refused(ReasonCode::not_permitted);
  auto const& intents = sight.behind.airspace.intents;
  IntentKey const key = intents.find(scope_of(sight), command.id);
  if (key.is_none()) return refused(ReasonCode::unknown_intent);
  if (auto no = check_present(sight, intents, key, {command.at}, ReasonCode::unknown_intent))
    return refused(std::move(*no));
  ClientKey const manager = owner_of(sight.command).manager;
  if (availability_of(sight.behind, manager) == model::Availability::down)
    return refused(ReasonCode::uss_down);  // U5
  state::Intent const& intent = intents[key];
  Ruling ruling = model::accepted();
  // D2: its own subscription is told of it, and then ends.
  ruling.airspace.emplace();
  ruling.airspace->version = intent.version;
  bool const native = sight.behind.airspace.urls.text(intent.url).empty();
  tell_of(sight, {&intent, nullptr, {{&intent.hull, &intent.extents}}, native}, intent.hull, {},
          *ruling.airspace);
  model::ThingName const name{model::ThingName::Kind::intent, sight.command.office, command.id};
  if (!sight.behind.airspace.one_namespace)
    follow(sight.behind, {name, std::nullopt}, sight.context.time, *ruling.airspace);
  return ruling;
}

void apply(State& state, DeleteIntent const& command, model::Record const& record) {
  state::Airspace& airspace = state.airspace;
  raise_indices(state, *record.ruling.airspace);
  OfficeKey const scope = airspace.scope_of(record.command.office);
  IntentKey const key = airspace.intents.find(scope, command.id);
  remove_intent(state, key);
  tell_in_place(state, record, model::ToTell::Of::intent, command.id);
}

}  // namespace comity::commands
