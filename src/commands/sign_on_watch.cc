#include "commands/sign_on_watch.h"

#include <algorithm>

#include "base/limits.h"
#include "commands/calls.h"

namespace comity::commands {

Ruling decide(Sight const& sight, SignOnWatch const& command) {
  if (!is_watch_person(sight)) return refused(ReasonCode::not_permitted);
  if (command.contacts.size() > limits::contacts || !std::ranges::all_of(command.contacts, model::is_contact))
    return refused(ReasonCode::malformed, "/contacts");
  state::Watch const& watch = sight.behind.airspace.watches.of(sight.command.office);
  bool const is_new = !watch.find(PersonKey(sight.command.actor.key));
  auto const still = std::ranges::count_if(watch.on, [&](state::OnWatch const& one) {
    return state::may_watch(sight.behind.law, sight.command.office, one.person);
  });
  if (is_new && static_cast<size_t>(still) >= limits::on_watch) return refused(ReasonCode::quota);
  return model::accepted();
}

void apply(State& state, SignOnWatch const& command, model::Record const& record) {
  OfficeKey const office = record.command.office;
  state::Watch& watch = state.airspace.watches.at(office);
  for (state::OnWatch const& one : std::vector(watch.on))
    if (!state::may_watch(state.law, office, one.person))
      watch.end(one.person);  // whose role was taken meanwhile
  PersonKey const person(record.command.actor.key);
  auto const there = std::ranges::find(watch.on, person, &state::OnWatch::person);
  if (there != watch.on.end())
    there->contacts = command.contacts;
  else
    watch.on.push_back({person, record.time, command.contacts});
}

}  // namespace comity::commands
