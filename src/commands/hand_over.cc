#include "commands/hand_over.h"

#include <algorithm>

#include "base/limits.h"
#include "commands/calls.h"

namespace comity::commands {
namespace {

Ruling decide_offer(Sight const& sight, state::Watch const& watch, HandOver const& command) {
  state::Law const& law = sight.view.law();
  PersonKey const self(sight.command.actor.key), to = law.find_person(command.to);
  if (!watch.find(self)) return refused(ReasonCode::not_on_watch);
  if (to == self) return refused(ReasonCode::malformed, "/to");
  if (!command.note.empty() && !model::is_handover_note(command.note))
    return refused(ReasonCode::malformed, "/note");
  if (to.is_none() || !state::may_watch(law, sight.command.office, to))
    return refused(ReasonCode::unknown_person, command.to);
  return model::accepted();
}

Ruling decide_taking(Sight const& sight, state::Watch const& watch, HandOver const& command) {
  state::Law const& law = sight.view.law();
  PersonKey const self(sight.command.actor.key), from = law.find_person(command.from);
  bool const offered = std::ranges::any_of(
      watch.offered, [&](state::HandOver const& one) { return one.from == from && one.to == self; });
  if (from.is_none() || !offered || !watch.find(from)) return refused(ReasonCode::not_on_watch, command.from);
  if (command.contacts.size() > limits::contacts || !std::ranges::all_of(command.contacts, model::is_contact))
    return refused(ReasonCode::malformed, "/contacts");
  return model::accepted();
}

Ruling decide_going(Sight const& sight, state::Watch const& watch) {
  PersonKey const self(sight.command.actor.key);
  if (!watch.find(self)) return refused(ReasonCode::not_on_watch);
  bool const another = std::ranges::any_of(watch.on, [&](state::OnWatch const& one) {
    return one.person != self && state::may_watch(sight.behind.law, sight.command.office, one.person);
  });
  return another ? model::accepted() : refused(ReasonCode::last_on_watch);
}

// In the place of the other. Who was on watch already keeps its own contacts where it names none, and its own note where none comes.
void take_place(state::Watch& watch, PersonKey from, state::OnWatch comes) {
  auto const offer = std::ranges::find_if(
      watch.offered, [&](state::HandOver const& one) { return one.from == from && one.to == comes.person; });
  if (offer != watch.offered.end() && !offer->note.empty()) comes.taken = *offer;
  if (state::OnWatch const* const own = watch.find(comes.person)) {
    if (comes.contacts.empty()) comes.contacts = own->contacts;
    if (!comes.taken) comes.taken = own->taken;
  }
  std::erase_if(watch.on, [&](state::OnWatch const& one) { return one.person == comes.person; });
  auto const place = std::ranges::find(watch.on, from, &state::OnWatch::person);
  watch.on.insert(place, std::move(comes));
  watch.end(from);
}

}  // namespace

Ruling decide(Sight const& sight, HandOver const& command) {
  if (!is_watch_person(sight)) return refused(ReasonCode::not_permitted);
  if (!command.to.empty() && !command.from.empty()) return refused(ReasonCode::malformed, "/to");
  if (!command.note.empty() && command.to.empty()) return refused(ReasonCode::malformed, "/note");
  state::Watch const& watch = sight.behind.airspace.watches.of(sight.command.office);
  if (!command.to.empty()) return decide_offer(sight, watch, command);
  if (!command.from.empty()) return decide_taking(sight, watch, command);
  return decide_going(sight, watch);
}

void apply(State& state, HandOver const& command, model::Record const& record) {
  state::Watch& watch = state.airspace.watches.at(record.command.office);
  PersonKey const self(record.command.actor.key);
  if (!command.to.empty()) {
    std::erase_if(watch.offered, [&](state::HandOver const& one) { return one.from == self; });
    watch.offered.push_back({self, state.law.find_person(command.to), record.time, command.note});
  } else if (!command.from.empty()) {
    take_place(watch, state.law.find_person(command.from), {self, record.time, command.contacts});
  } else {
    watch.end(self);
  }
}

}  // namespace comity::commands
